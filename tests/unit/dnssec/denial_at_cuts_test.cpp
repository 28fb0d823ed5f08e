// A record of the parent's side of a zone cut speaks of nothing but the cut's DS; one of the child's side
// speaks of all but that (RFC 6840 §4.1, §4.4).
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;

namespace {
const std::string kCut = "b.example. 300 IN NSEC d.example. NS RRSIG NSEC";
const std::string kApex = "example. 300 IN NSEC b.example. NS SOA RRSIG NSEC DNSKEY";
std::string hash_of(std::string_view text) { return label_of_hash(nsec3_hash(samples::name(text), {}, 0)); }
}  // namespace

TEST_CASE("the parent's side of a cut denies no type but DS") {
  for (const Type type : {Type::A, Type::MX, Type::SOA, Type::CNAME, Type::ANY}) {
    CHECK(Given("example.", {kCut}).no_data("b.example.", type) == Proof::NotProven);
  }
  CHECK(Given("example.", {kCut}).no_data("b.example.", Type::DS) == Proof::Proven);
}

TEST_CASE("the parent's side of a cut denies no name below it") {
  Given given("example.", {kCut, kApex});
  CHECK(given.no_name("x.b.example.") == Proof::NotProven);
  CHECK(given.no_name("a.x.b.example.") == Proof::NotProven);
  CHECK(given.no_data("x.b.example.", Type::A) == Proof::NotProven);
  CHECK(given.no_data("x.b.example.", Type::DS) == Proof::NotProven);
  CHECK(given.no_ds("x.b.example.") == CutProof::NotProven);
  CHECK(given.nothing_closer("x.b.example.", "example.") == Proof::NotProven);
  CHECK(given.nothing_closer("x.b.example.", "b.example.") == Proof::NotProven);
  CHECK(given.no_name("c.example.") == Proof::Proven);  // it does deny its neighbours
}

TEST_CASE("an empty non-terminal below a cut is the child's") {
  const std::string cut = "b.example. 300 IN NSEC a.x.b.example. NS RRSIG NSEC";
  CHECK(Given("example.", {cut}).no_data("x.b.example.", Type::A) == Proof::NotProven);
}

TEST_CASE("the child's apex denies its data, but not its DS") {
  const std::string child = "b.example. 300 IN NSEC a.b.example. NS SOA RRSIG NSEC DNSKEY";
  for (const std::string_view zone : {"b.example.", "example."}) {
    CHECK(Given(zone, {child}).no_data("b.example.", Type::DS) == Proof::NotProven);
    CHECK(Given(zone, {child}).no_ds("b.example.") == CutProof::NotProven);
    CHECK(Given(zone, {child}).no_data("b.example.", Type::MX) == Proof::Proven);
  }
}

TEST_CASE("the root has no parent: its own apex denies its DS") {
  const std::string root = ". 300 IN NSEC example. NS SOA RRSIG NSEC DNSKEY";
  CHECK(Given(".", {root}).no_data(".", Type::DS) == Proof::Proven);
  CHECK(Given(".", {root}).no_ds(".") == CutProof::NotProven);
}

TEST_CASE("NSEC3 at a cut: nothing below it is denied, whatever else is covered") {
  const std::string apex_hash = hash_of("example.");
  const std::string cut_hash = hash_of("b.example.");
  const std::string cut = cut_hash + ".example. 300 IN NSEC3 1 0 0 - " + apex_hash + " NS RRSIG";
  const std::string apex =
      apex_hash + ".example. 300 IN NSEC3 1 0 0 - " + cut_hash + " NS SOA RRSIG DNSKEY NSEC3PARAM";
  Given given("example.", {cut, apex});
  CHECK(given.no_name("x.b.example.") == Proof::NotProven);
  CHECK(given.no_data("x.b.example.", Type::A) == Proof::NotProven);
  CHECK(given.no_data("b.example.", Type::A) == Proof::NotProven);
  CHECK(given.no_data("b.example.", Type::DS) == Proof::Proven);
  CHECK(given.no_ds("b.example.") == CutProof::UnsignedDelegation);
  CHECK(given.no_ds("x.b.example.") == CutProof::NotProven);
  CHECK(given.no_data("example.", Type::DS) == Proof::NotProven);
  CHECK(given.no_name("c.example.") == Proof::Proven);
}
