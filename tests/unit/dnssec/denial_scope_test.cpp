// Records that are not the zone's, or not of one proof, count for nothing.
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;
namespace wire = shirube::wire;

namespace {
const std::string kOnly = label_of_hash(nsec3_hash(samples::name("example."), {}, 0));
}  // namespace

TEST_CASE("NSEC that leads out of the zone, or comes from outside") {
  CHECK(Given("example.", {"b.example. 300 IN NSEC d.test. A RRSIG NSEC"}).no_data("b.example.", Type::MX) ==
        Proof::NotProven);
  CHECK(Given("b.example.", {"a.example. 300 IN NSEC d.example. A RRSIG NSEC"}).no_name("b.example.") ==
        Proof::NotProven);
  CHECK(Given("example.", {". 300 IN NSEC . A RRSIG NSEC"}).no_name("b.example.") == Proof::NotProven);
}

TEST_CASE("a name outside the zone") {
  Given given("example.", {"example. 300 IN NSEC example. NS SOA RRSIG NSEC"});
  CHECK(given.no_name("b.test.") == Proof::NotProven);
  CHECK(given.no_data(".", Type::MX) == Proof::NotProven);
  CHECK(given.no_ds("b.test.") == CutProof::NotProven);
  CHECK(given.nothing_closer("b.test.", ".") == Proof::NotProven);
  CHECK_FALSE(given.says_no_such_name("b.test."));
}

TEST_CASE("NSEC3 is a child of the apex, named by 32 digits of base 32") {
  const auto proof = [](const std::string& owner) {
    return Given("example.", {owner + " 300 IN NSEC3 1 0 0 - " + kOnly + " NS SOA RRSIG"})
        .no_name("b.example.");
  };
  CHECK(proof(kOnly + ".example.") == Proof::Proven);
  CHECK(proof(kOnly + ".b.example.") == Proof::NotProven);
  CHECK(proof(kOnly + ".") == Proof::NotProven);
  CHECK(proof(kOnly.substr(1) + ".example.") == Proof::NotProven);
  CHECK(proof("w" + kOnly.substr(1) + ".example.") == Proof::NotProven);
}

TEST_CASE("NSEC and NSEC3 do not complete each other") {
  const auto wildcard = label_of_hash(nsec3_hash(samples::name("*.example."), {}, 0));
  const std::string covers_name = "b.example. 300 IN NSEC d.example. A RRSIG NSEC";
  const std::string covers_wildcard = kOnly + ".example. 300 IN NSEC3 1 0 0 - " + kOnly + " NS SOA RRSIG";
  CHECK(Given("example.", {covers_name, wildcard + ".example. 300 IN NSEC3 1 0 0 - " + kOnly + " RRSIG"})
            .no_data("c.example.", Type::A) == Proof::NotProven);
  CHECK(Given("example.", {covers_name}).no_name("c.example.") == Proof::NotProven);
  CHECK(Given("example.", {covers_name, covers_wildcard}).no_name("c.example.") == Proof::Proven);  // NSEC3
}

TEST_CASE("NSEC3 records of different salts do not complete each other") {
  // The apex matches under one, and the other covers all else.
  const wire::Bytes salt{0xab};
  const auto salted = label_of_hash(nsec3_hash(samples::name("*.example."), salt, 0));
  Given given("example.", {kOnly + ".example. 300 IN NSEC3 1 0 0 - 3msev9usmd4br9s97v51r2tdvmr9iqo2 NS SOA",
                           salted + ".example. 300 IN NSEC3 1 0 0 AB " + salted + " A"});
  CHECK(given.no_name("b.example.") == Proof::NotProven);
  CHECK(given.no_data("b.example.", Type::MX) == Proof::NotProven);
  CHECK(given.no_data("example.", Type::MX) == Proof::Proven);
}

TEST_CASE("two records in one NSEC RRset: neither counts") {
  wire::RRset both = samples::record("b.example. 300 IN NSEC d.example. A RRSIG NSEC");
  both.rdatas.add(*samples::record("b.example. 300 IN NSEC z.example. A RRSIG NSEC").rdatas.begin());
  CHECK(Given("example.", {both}).no_data("b.example.", Type::MX) == Proof::NotProven);
}

TEST_CASE("records after the first kMaxDenialRecords are not looked at") {
  const std::string useful = "b.example. 300 IN NSEC d.example. A RRSIG NSEC";
  std::vector<std::string> lines(kMaxDenialRecords - 1, "x.example. 300 IN NSEC y.example. A RRSIG NSEC");
  lines.push_back(useful);
  CHECK(Given("example.", lines).no_data("b.example.", Type::MX) == Proof::Proven);
  lines.insert(lines.begin(), lines.front());
  CHECK(Given("example.", lines).no_data("b.example.", Type::MX) == Proof::NotProven);
}
