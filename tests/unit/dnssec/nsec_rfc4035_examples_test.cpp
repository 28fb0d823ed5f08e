// The denials of RFC 4035 Appendix B, with the records of its Appendix A.
#include <catch2/catch.hpp>

#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;

namespace {
const std::string kApex = "example. 3600 IN NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY";
const std::string kSignedCut = "a.example. 3600 IN NSEC ai.example. NS DS RRSIG NSEC";
const std::string kUnsignedCut = "b.example. 3600 IN NSEC ns1.example. NS RRSIG NSEC";
const std::string kNs1 = "ns1.example. 3600 IN NSEC ns2.example. A RRSIG NSEC";
const std::string kNs2 = "ns2.example. 3600 IN NSEC *.w.example. A RRSIG NSEC";
const std::string kWildcard = "*.w.example. 3600 IN NSEC x.w.example. MX RRSIG NSEC";
const std::string kXw = "x.w.example. 3600 IN NSEC x.y.w.example. MX RRSIG NSEC";
const std::string kXyw = "x.y.w.example. 3600 IN NSEC xx.example. MX RRSIG NSEC";
const std::string kLast = "xx.example. 3600 IN NSEC example. A HINFO AAAA RRSIG NSEC";
}  // namespace

TEST_CASE("B.2 name error: the name and the wildcard at its encloser are covered") {
  CHECK(Given("example.", {kUnsignedCut, kApex}).no_name("ml.example.") == Proof::Proven);
  CHECK(Given("example.", {kUnsignedCut}).no_name("ml.example.") == Proof::NotProven);
  CHECK(Given("example.", {kApex}).no_name("ml.example.") == Proof::NotProven);
  CHECK(Given("example.", {kUnsignedCut, kApex}).no_data("ml.example.", Type::A) == Proof::NotProven);
}

TEST_CASE("B.3 no data: the record at the name lacks the type") {
  CHECK(Given("example.", {kNs1}).no_data("ns1.example.", Type::MX) == Proof::Proven);
  CHECK(Given("example.", {kNs1}).no_data("NS1.Example.", Type::MX) == Proof::Proven);
  CHECK(Given("example.", {kNs1}).no_data("ns1.example.", Type::A) == Proof::NotProven);
  CHECK(Given("example.", {kNs1}).no_name("ns1.example.") == Proof::NotProven);
  CHECK(Given("example.", {kNs1}).no_data("ns2.example.", Type::MX) == Proof::NotProven);
}

TEST_CASE("B.4 a signed delegation is not taken for an unsigned one") {
  CHECK(Given("example.", {kSignedCut}).no_ds("a.example.") == CutProof::NotProven);
  CHECK(Given("example.", {kSignedCut}).no_ds("mc.a.example.") == CutProof::NotProven);
}

TEST_CASE("B.5 an unsigned delegation has NS and no DS") {
  CHECK(Given("example.", {kUnsignedCut}).no_ds("b.example.") == CutProof::UnsignedDelegation);
  CHECK(Given("example.", {kUnsignedCut}).no_data("b.example.", Type::DS) == Proof::Proven);
  CHECK(Given("example.", {kUnsignedCut}).no_ds("mc.b.example.") == CutProof::NotProven);
}

TEST_CASE("B.6 wildcard answer: nothing closer than the wildcard's encloser exists") {
  CHECK(Given("example.", {kXyw}).nothing_closer("a.z.w.example.", "w.example.") == Proof::Proven);
  CHECK(Given("example.", {kXyw}).nothing_closer("a.z.w.example.", "example.") == Proof::NotProven);
  CHECK(Given("example.", {kXyw}).nothing_closer("x.y.w.example.", "w.example.") == Proof::NotProven);
  CHECK(Given("example.", {kLast}).nothing_closer("a.z.w.example.", "w.example.") == Proof::NotProven);
  // y.w.example. exists, as an empty non-terminal: the wildcard is not for names below it.
  CHECK(Given("example.", {kXyw}).nothing_closer("z.y.w.example.", "w.example.") == Proof::NotProven);
}

TEST_CASE("B.7 wildcard no data: the name is covered, and the wildcard lacks the type") {
  CHECK(Given("example.", {kXyw, kWildcard}).no_data("a.z.w.example.", Type::AAAA) == Proof::Proven);
  CHECK(Given("example.", {kXyw, kWildcard}).no_data("a.z.w.example.", Type::MX) == Proof::NotProven);
  CHECK(Given("example.", {kWildcard}).no_data("a.z.w.example.", Type::AAAA) == Proof::NotProven);
  CHECK(Given("example.", {kXyw}).no_data("a.z.w.example.", Type::AAAA) == Proof::NotProven);
  CHECK(Given("example.", {kXyw, kWildcard}).no_name("a.z.w.example.") == Proof::NotProven);
}

TEST_CASE("B.8 the child's own apex does not deny its DS") {
  CHECK(Given("example.", {kApex}).no_data("example.", Type::DS) == Proof::NotProven);
  CHECK(Given("example.", {kApex}).no_ds("example.") == CutProof::NotProven);
}

TEST_CASE("an empty non-terminal has no data of any type") {
  for (const Type type : {Type::A, Type::MX, Type::DS, Type::ANY}) {
    CHECK(Given("example.", {kXw}).no_data("y.w.example.", type) == Proof::Proven);
    CHECK(Given("example.", {kNs2}).no_data("w.example.", type) == Proof::Proven);
  }
  CHECK(Given("example.", {kXw}).no_ds("y.w.example.") == CutProof::NoCut);
  CHECK(Given("example.", {kXw, kApex}).no_name("y.w.example.") == Proof::NotProven);
}

TEST_CASE("a name that exists without NS, or does not exist, is no cut") {
  CHECK(Given("example.", {kNs1}).no_ds("ns1.example.") == CutProof::NoCut);
  CHECK(Given("example.", {kUnsignedCut}).no_ds("ml.example.") == CutProof::NoCut);
}

TEST_CASE("the last record reaches from its owner to the end of the zone, and no further") {
  CHECK(Given("example.", {kLast, kApex}).no_name("zz.example.") == Proof::Proven);
  CHECK(Given("example.", {kLast}).no_name("c.xx.example.") == Proof::Proven);
  CHECK(Given("example.", {kLast, kApex}).no_name("ml.example.") == Proof::NotProven);
  CHECK(Given("example.", {kLast, kApex}).no_name("zz.test.") == Proof::NotProven);
}

TEST_CASE("a zone of one name: its record leads to itself") {
  const std::string only = "example. 3600 IN NSEC example. SOA NS RRSIG NSEC DNSKEY";
  CHECK(Given("example.", {only}).no_name("a.example.") == Proof::Proven);
  CHECK(Given("example.", {only}).no_data("example.", Type::MX) == Proof::Proven);
  CHECK(Given("example.", {only}).no_data("example.", Type::SOA) == Proof::NotProven);
  CHECK(Given("example.", {only}).no_name("example.") == Proof::NotProven);
}
