#include <catch2/catch.hpp>

#include "dnssec/key_rollover.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

using test::SigningKey;
using Keys = std::vector<wire::Bytes>;

Keys self_revoked(const wire::RRset& dnskeys) {
  Effort effort;
  Keys keys;
  for (const auto rdata : self_revoked_keys(dnskeys, test::kSigningTime, effort))
    keys.push_back(test::owned(rdata));
  return keys;
}

TEST_CASE("a key revokes itself by a signature of its own") {
  const SigningKey kept(".", Algorithm::EcdsaP256);
  const SigningKey gone(".", Algorithm::EcdsaP256, test::kRevokedKey);
  auto dnskeys = test::dnskeys_of({&kept, &gone});
  CHECK(self_revoked(dnskeys).empty());
  dnskeys.signatures.add(kept.sign(dnskeys));
  CHECK(self_revoked(dnskeys).empty());
  dnskeys.signatures.add(gone.sign(dnskeys));
  CHECK(self_revoked(dnskeys) == Keys{gone.dnskey()});
}

TEST_CASE("nobody else's signature revokes a key") {
  const SigningKey kept(".", Algorithm::EcdsaP256);
  const SigningKey gone(".", Algorithm::EcdsaP256, test::kRevokedKey);
  auto dnskeys = test::dnskeys_of({&kept, &gone});
  dnskeys.signatures.add(kept.sign(dnskeys, {.key_tag = gone.tag()}));
  CHECK(self_revoked(dnskeys).empty());
}

TEST_CASE("a signature out of its time, over another type or of another zone revokes nothing") {
  const SigningKey gone(".", Algorithm::EcdsaP256, test::kRevokedKey);
  const auto with = [&](const test::SignAs& as) {
    auto dnskeys = test::dnskeys_of({&gone});
    dnskeys.signatures.add(gone.sign(dnskeys, as));
    return self_revoked(dnskeys);
  };
  CHECK(with({}) == Keys{gone.dnskey()});
  CHECK(with({.expiration = test::kSigningTime - 1}).empty());
  CHECK(with({.inception = test::kSigningTime + 1}).empty());
  CHECK(with({.covered = wire::Type::NS}).empty());
  CHECK(with({.signer = "example."}).empty());
}

TEST_CASE("a flood of signatures costs no more than the effort allows") {
  const SigningKey kept(".", Algorithm::EcdsaP256);
  const SigningKey gone(".", Algorithm::EcdsaP256, test::kRevokedKey);
  auto dnskeys = test::dnskeys_of({&kept, &gone});
  for (int i = 0; i < 60; ++i) dnskeys.signatures.add(kept.sign(dnskeys, {.key_tag = gone.tag()}));
  dnskeys.signatures.add(gone.sign(dnskeys));
  Effort effort;
  CHECK(self_revoked_keys(dnskeys, test::kSigningTime, effort).empty());
  CHECK(effort.failures_left == 0);
  CHECK(effort.checks_left == kMaxSignatureChecks - kMaxFailedChecks);
}

}  // namespace
}  // namespace shirube::dnssec
