// KeyTrap (CVE-2023-50387): what crowds of keys and signatures may cost.
#include <algorithm>

#include <catch2/catch.hpp>

#include "dnssec/key_set_check.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

using test::example_key;

// Ed25519 keys (any octets will do) that all have one tag: it is a sum, in which pairs of octets may change
// places.
wire::Bytes key_with_tag_of(wire::BytesView like, std::size_t pair) {
  auto dnskey = test::owned(like);
  std::swap_ranges(dnskey.begin() + 4, dnskey.begin() + 6, dnskey.begin() + 4 + 2 * static_cast<int>(pair));
  return dnskey;
}
const test::SigningKey& real_key() { return test::key_of_example(Algorithm::Ed25519); }

wire::RRset www() { return test::rrset_of({"www.example. 300 IN A 192.0.2.1"}); }

wire::Bytes bad_signature(const wire::RRset& rrset, std::uint8_t variant) {
  auto signature = example_key().sign(rrset);
  signature.back() ^= static_cast<std::uint8_t>(variant + 1);
  return signature;
}

TEST_CASE("a step verifies one signature, and pauses cost what was spent") {
  auto rrset = www();
  rrset.signatures.add(bad_signature(rrset, 0));
  rrset.signatures.add(bad_signature(rrset, 1));
  rrset.signatures.add(example_key().sign(rrset));
  const auto keys = test::key_set_of({&example_key()});
  RrsetCheck check(rrset, keys, test::kSigningTime);
  Effort effort;
  for (unsigned step = 1; step <= 3; ++step) {
    const auto outcome = check.step(effort);
    CHECK(effort.checks_left == kMaxSignatureChecks - step);
    CHECK(effort.since_pause == step * verification_cost(Algorithm::EcdsaP256));
    CHECK(outcome.has_value() == (step == 3));
    if (outcome) CHECK(outcome->verdict.status == Status::Secure);
  }
  CHECK(effort.failures_left == kMaxFailedChecks - 2);
}

TEST_CASE("of a hundred signatures eight are looked at") {
  auto rrset = www();
  for (std::uint8_t i = 0; i < 100; ++i) rrset.signatures.add(bad_signature(rrset, i));
  rrset.signatures.add(example_key().sign(rrset));
  const auto keys = test::key_set_of({&example_key()});
  Effort effort{.failures_left = 1'000};
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.flaw == Flaw::SignatureBad);
  CHECK(effort.checks_left == kMaxSignatureChecks - kMaxSignaturesPerRrset);
}

TEST_CASE("signatures that cost nothing do not count among the eight") {
  auto rrset = www();
  const auto tag = static_cast<std::uint16_t>(example_key().tag() + 1);
  for (std::uint32_t i = 0; i < 80; ++i) {
    rrset.signatures.add(example_key().sign(rrset, {.expiration = test::kSigningTime - 1 - i}));
    rrset.signatures.add(example_key().sign(rrset, {.original_ttl = i, .key_tag = tag}));
  }
  rrset.signatures.add(example_key().sign(rrset));
  const auto keys = test::key_set_of({&example_key()});
  Effort effort;
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.status == Status::Secure);
  CHECK(effort.checks_left == kMaxSignatureChecks - 1);
}

TEST_CASE("after eight failures nothing is verified any more") {
  auto rrset = www();
  for (std::uint8_t i = 0; i < 5; ++i) rrset.signatures.add(bad_signature(rrset, i));
  const auto keys = test::key_set_of({&example_key()});
  Effort effort;
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.flaw == Flaw::SignatureBad);
  const auto second = check_rrset(rrset, keys, test::kSigningTime, effort).verdict;
  CHECK(second == Verdict{.status = Status::Indeterminate,
                          .flaw = Flaw::TooCostly,
                          .owner = wire::Name::literal("www.example."),
                          .type = wire::Type::A});
  CHECK(effort.failures_left == 0);
  CHECK(effort.checks_left == kMaxSignatureChecks - kMaxFailedChecks);
  auto good = www();
  good.signatures.add(example_key().sign(good));
  CHECK(check_rrset(good, keys, test::kSigningTime, effort).verdict.flaw == Flaw::TooCostly);
  CHECK(effort.checks_left == kMaxSignatureChecks - kMaxFailedChecks);
}

TEST_CASE("of keys with one tag and algorithm two are tried") {
  const auto& real = real_key();
  wire::RRset dnskeys{.owner = wire::Name::literal("example."), .type = wire::Type::DNSKEY};
  for (std::size_t pair = 1; pair < 16; ++pair)
    dnskeys.rdatas.add_unless_present(key_with_tag_of(real.dnskey(), pair));
  REQUIRE(dnskeys.rdatas.count() > 10);
  for (const wire::BytesView rdata : dnskeys.rdatas) REQUIRE(key_tag(rdata) == real.tag());
  dnskeys.rdatas.add(real.dnskey());

  const KeySet keys(dnskeys, {});
  CHECK(keys.candidates(real.tag(), real.algorithm()).size() == kMaxKeysPerTag);
  auto rrset = www();
  rrset.signatures.add(real.sign(rrset));
  Effort effort;
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.flaw == Flaw::SignatureBad);
  CHECK(effort.checks_left == kMaxSignatureChecks - kMaxKeysPerTag);
  CHECK(effort.failures_left == kMaxFailedChecks - kMaxKeysPerTag);
}

TEST_CASE("the second of two keys with one tag is found") {
  const auto& real = real_key();
  wire::RRset dnskeys{.owner = wire::Name::literal("example."), .type = wire::Type::DNSKEY};
  dnskeys.rdatas.add(key_with_tag_of(real.dnskey(), 3));
  dnskeys.rdatas.add(real.dnskey());
  auto rrset = www();
  rrset.signatures.add(real.sign(rrset));
  Effort effort;
  const KeySet keys(dnskeys, {});
  REQUIRE(keys.candidates(real.tag(), real.algorithm()).size() == 2);
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.status == Status::Secure);
  CHECK(effort.checks_left == kMaxSignatureChecks - 2);
}

TEST_CASE("big RRsets cost more than small ones") {
  wire::RRset rrset{.owner = wire::Name::literal("www.example."), .type = wire::Type{65280}, .ttl = 300};
  rrset.rdatas.add(wire::Bytes(60'000, 1));
  rrset.signatures.add(example_key().sign(rrset));
  Effort effort;
  const auto keys = test::key_set_of({&example_key()});
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.status == Status::Secure);
  CHECK(effort.since_pause == verification_cost(Algorithm::EcdsaP256) + 150);
}

}  // namespace
}  // namespace shirube::dnssec
