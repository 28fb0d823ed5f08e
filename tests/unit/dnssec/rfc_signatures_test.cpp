#include <catch2/catch.hpp>

#include "dnssec/rrset_check.hpp"
#include "tests/support/rfc_examples.hpp"
#include "tests/support/signing.hpp"
#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

struct Loaded {
  wire::RRset rrset;
  wire::RRset dnskeys;
};

Loaded load(const test::SignedExample& example) {
  Loaded loaded{.rrset = test::rrset_of({example.record}),
                .dnskeys = {.owner = wire::Name::literal(example.zone), .type = wire::Type::DNSKEY}};
  loaded.rrset.signatures.add(wire::parse_rdata(wire::Type::RRSIG, example.rrsig).value());
  loaded.dnskeys.rdatas.add(wire::parse_rdata(wire::Type::DNSKEY, example.dnskey).value());
  return loaded;
}

TEST_CASE("the signatures that RFCs print are good") {
  for (const auto& example : test::kSignedExamples) {
    INFO(example.source);
    const auto [rrset, dnskeys] = load(example);
    const KeySet keys(dnskeys, test::kWithSha1);
    Effort effort;
    const auto outcome = check_rrset(rrset, keys, example.now, effort);
    CHECK(outcome.verdict.status == Status::Secure);
    CHECK(effort.checks_left == kMaxSignatureChecks - 1);
    CHECK(effort.failures_left == kMaxFailedChecks);

    auto changed = rrset;
    changed.ttl = 3599;
    changed.rdatas = {};
    auto rdata = test::owned(*rrset.rdatas.begin());
    rdata.back() ^= 1U;
    changed.rdatas.add(rdata);
    const auto forged = check_rrset(changed, keys, example.now, effort);
    CHECK(forged.verdict.flaw == Flaw::SignatureBad);
  }
}

TEST_CASE("the wildcard of RFC 4035 B.6 tells its encloser") {
  const auto [rrset, dnskeys] = load(test::kSignedExamples[1]);
  const KeySet keys(dnskeys, test::kWithSha1);
  Effort effort;
  const auto outcome = check_rrset(rrset, keys, test::kSignedExamples[1].now, effort);
  CHECK(outcome.good.ttl == 3600);
  CHECK(outcome.good.wildcard_encloser == wire::Name::literal("w.example."));
}

TEST_CASE("algorithm 5 verifies nothing unless the administrator says so") {
  const auto [rrset, dnskeys] = load(test::kSignedExamples[0]);
  CHECK(KeySet(dnskeys, {}).empty());
  Effort effort;
  const auto outcome = check_rrset(rrset, KeySet(dnskeys, {}), test::kSignedExamples[0].now, effort);
  CHECK(outcome.verdict.flaw == Flaw::KeyMissing);
  CHECK(effort.checks_left == kMaxSignatureChecks);
}

TEST_CASE("the key of 512 bits in RFC 5702 6.1 is taken as unsupported") {
  const auto rdata = load(test::kExampleOfShortKey).dnskeys.rdatas;
  const auto key = read_dnskey(*rdata.begin()).value();
  const auto parsed = PublicKey::parse(key.algorithm, key.public_key);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error() == KeyFault::Unsupported);
}

}  // namespace
}  // namespace shirube::dnssec
