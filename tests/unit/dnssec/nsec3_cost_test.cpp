// What NSEC3 may cost: iterations (RFC 9276 §3.2), and hashes for names of many labels (CVE-2023-50868).
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;

namespace {

std::string only_record(unsigned iterations, const std::string& rest = " NS SOA RRSIG") {
  const auto label =
      label_of_hash(nsec3_hash(samples::name("example."), {}, static_cast<std::uint16_t>(iterations)));
  return label + ".example. 300 IN NSEC3 1 0 " + std::to_string(iterations) + " - " + label + rest;
}

std::string long_name(int labels) {
  std::string text = "example.";
  for (int i = 0; i < labels; ++i) text.insert(0, "x.");
  return text;
}

}  // namespace

TEST_CASE("65535 iterations and a long name: not one hash") {
  const std::string owner = "3msev9usmd4br9s97v51r2tdvmr9iqo1.example.";
  Given given("example.",
              {owner + " 300 IN NSEC3 1 0 65535 - 3msev9usmd4br9s97v51r2tdvmr9iqo2 NS SOA RRSIG"});
  CHECK(given.no_name(long_name(31)) == Proof::TooManyIterations);
  CHECK(given.no_data(long_name(31), Type::A) == Proof::TooManyIterations);
  CHECK(given.nothing_closer(long_name(31), "example.") == Proof::TooManyIterations);
  CHECK(given.no_ds(long_name(31)) == CutProof::TooManyIterations);
  CHECK_FALSE(given.says_no_such_name(long_name(31)));
  CHECK(given.hashes() == 0);
}

TEST_CASE("the limit itself is still hashed") {
  CHECK(Given("example.", {only_record(kMaxNsec3Iterations)}).no_name("b.example.") == Proof::Proven);
  CHECK(Given("example.", {only_record(kMaxNsec3Iterations + 1U)}).no_name("b.example.") ==
        Proof::TooManyIterations);
}

TEST_CASE("an old record with many iterations does not make the zone insecure") {
  Given given("example.", {only_record(100), only_record(1)});
  CHECK(given.no_name("b.example.") == Proof::Proven);
}

TEST_CASE("a long name costs what of it exists, the next closer name and the wildcard") {
  Given given("example.", {only_record(0)});
  CHECK(given.no_name(long_name(100)) == Proof::Proven);
  CHECK(given.hashes() == 3);  // x.example., example., *.example.
  CHECK(given.no_name("b.example.") == Proof::Proven);
  CHECK(given.hashes() == 6);
}

TEST_CASE("nothing is hashed twice for one proof") {
  Given given("example.", {only_record(0, " NS SOA RRSIG")});
  CHECK(given.no_data("b.example.", Type::A) == Proof::NotProven);
  CHECK(given.hashes() == 3);
}

TEST_CASE("the effort bounds the hashes of all proofs together") {
  // Covers next to nothing: every label has to be tried.
  Given given("example.", {"3msev9usmd4br9s97v51r2tdvmr9iqo1.example. 300 IN NSEC3 1 0 0 - "
                           "3msev9usmd4br9s97v51r2tdvmr9iqo2 NS SOA RRSIG"});
  CHECK(given.no_name(long_name(60)) == Proof::NotProven);
  CHECK(given.hashes() == 60);
  CHECK(given.no_name(long_name(60)) == Proof::TooCostly);
  CHECK(given.hashes() == kMaxNsec3Hashes);
  CHECK(given.no_data("b.example.", Type::A) == Proof::TooCostly);
  CHECK(given.nothing_closer("b.example.", "example.") == Proof::TooCostly);
  CHECK(given.no_ds("b.example.") == CutProof::TooCostly);
}
