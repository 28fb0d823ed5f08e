#include "dnssec/key_set_check.hpp"

#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

using test::SigningKey;

wire::Bytes ds_of(const wire::Name& zone, wire::BytesView dnskey, DigestType type = DigestType::Sha256) {
  wire::Bytes ds(4);
  wire::write_u16(ds.data(), key_tag(dnskey));
  ds[2] = dnskey[3];
  ds[3] = static_cast<std::uint8_t>(type);
  const auto digest = ds_digest(type, zone, dnskey);
  ds.insert(ds.end(), digest.begin(), digest.end());
  return ds;
}
wire::Bytes ds_of(const SigningKey& key, DigestType type = DigestType::Sha256) {
  return ds_of(key.zone(), key.dnskey(), type);
}

TrustAnchor anchor_of(std::initializer_list<wire::Bytes> ds) {
  TrustAnchor anchor{.zone = wire::Name::literal("example.")};
  for (const auto& rdata : ds) anchor.ds.add(rdata);
  return anchor;
}

KeySetCheck::Outcome check(const wire::RRset& dnskeys, const TrustAnchor& anchor,
                           AlgorithmPolicy policy = {}) {
  Effort effort;
  return check_key_set(dnskeys, anchor, policy, test::kSigningTime, effort);
}

const SigningKey& ksk() { return test::example_key(); }
const SigningKey& zsk() {
  static const SigningKey key("example.", Algorithm::EcdsaP256, test::kZoneKey);
  return key;
}
wire::RRset signed_keys(std::initializer_list<const SigningKey*> keys) {
  auto dnskeys = test::dnskeys_of(keys);
  dnskeys.signatures.add((*keys.begin())->sign_by_ldns(dnskeys));
  return dnskeys;
}

TEST_CASE("the key that the DS names has signed: all keys of the zone are good") {
  for (const auto type : {DigestType::Sha1, DigestType::Sha256, DigestType::Sha384}) {
    const auto outcome = check(signed_keys({&ksk(), &zsk()}), anchor_of({ds_of(ksk(), type)}));
    CHECK(outcome.verdict == Verdict{});
    REQUIRE(outcome.keys);
    CHECK(outcome.ttl == 3'600);
    CHECK(outcome.keys->zone() == wire::Name::literal("example."));
    CHECK(outcome.keys->candidates(ksk().tag(), ksk().algorithm()).size() == 1);
    CHECK(outcome.keys->candidates(zsk().tag(), zsk().algorithm()).size() == 1);
  }
}

TEST_CASE("any algorithm can stand at the top") {
  for (const auto algorithm : test::kAllAlgorithms) {
    const auto& key = test::key_of_example(algorithm);
    CHECK(check(signed_keys({&key}), anchor_of({ds_of(key)}), test::kWithSha1).verdict.status ==
          Status::Secure);
  }
}

TEST_CASE("keys live no longer than the signature over them") {
  auto dnskeys = test::dnskeys_of({&ksk()});
  dnskeys.signatures.add(ksk().sign(dnskeys, {.expiration = test::kSigningTime + 60}));
  CHECK(check(dnskeys, anchor_of({ds_of(ksk())})).ttl == 60);
}

TEST_CASE("a key that the DS does not name vouches for nothing") {
  auto dnskeys = test::dnskeys_of({&ksk(), &zsk()});
  dnskeys.signatures.add(zsk().sign(dnskeys));
  const auto outcome = check(dnskeys, anchor_of({ds_of(ksk())}));
  CHECK(outcome.verdict.status == Status::Bogus);
  CHECK(outcome.verdict.flaw == Flaw::KeyMissing);
  CHECK(outcome.verdict.type == wire::Type::DNSKEY);
  CHECK_FALSE(outcome.keys);
}

TEST_CASE("no key matches the DS") {
  auto other_digest = ds_of(ksk());
  other_digest.back() ^= 1U;
  const auto dnskeys = signed_keys({&ksk()});
  const auto verdict = check(dnskeys, anchor_of({other_digest})).verdict;
  CHECK(verdict == Verdict{.status = Status::Bogus,
                           .flaw = Flaw::KeyNotForDs,
                           .owner = wire::Name::literal("example."),
                           .type = wire::Type::DNSKEY});
  CHECK(check(dnskeys, anchor_of({ds_of(zsk())})).verdict.flaw == Flaw::KeyNotForDs);
  CHECK(check(test::dnskeys_of({&zsk()}), anchor_of({ds_of(ksk())})).verdict.flaw == Flaw::KeyNotForDs);
  auto elsewhere = dnskeys;
  elsewhere.owner = wire::Name::literal("other.");
  CHECK(check(elsewhere, anchor_of({ds_of(ksk())})).verdict.flaw == Flaw::KeyNotForDs);
  auto cut = ds_of(ksk());
  cut.resize(4);
  CHECK(check(dnskeys, anchor_of({cut})).verdict.flaw == Flaw::KeyNotForDs);
  CHECK(check(dnskeys, anchor_of({})).verdict.flaw == Flaw::KeyNotForDs);
}

TEST_CASE("each single bit of a DS counts") {
  const auto dnskeys = signed_keys({&ksk()});
  const auto ds = ds_of(ksk());
  for (std::size_t bit = 0; bit < ds.size() * 8; ++bit) {
    auto changed = ds;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    INFO("bit " << bit);
    const auto status = check(dnskeys, anchor_of({changed})).verdict.status;
    const bool is_of_the_digest = bit >= 32;
    CHECK(status != Status::Secure);
    if (is_of_the_digest) CHECK(status == Status::Bogus);
  }
}

TEST_CASE("any one DS will do") {
  auto broken = ds_of(ksk());
  broken.back() ^= 1U;
  const auto anchor = anchor_of({broken, ds_of(zsk()), ds_of(ksk())});
  CHECK(check(signed_keys({&ksk()}), anchor).verdict.status == Status::Secure);
}

TEST_CASE("a DS with SHA-1 does not count beside a better one of its algorithm") {  // RFC 4509 §3
  auto broken = ds_of(ksk());
  broken.back() ^= 1U;
  const auto sha1 = ds_of(ksk(), DigestType::Sha1);
  CHECK(check(signed_keys({&ksk()}), anchor_of({sha1, broken})).verdict.flaw == Flaw::KeyNotForDs);
  const auto of_other_algorithm = ds_of(test::key_of_example(Algorithm::Ed25519));
  CHECK(check(signed_keys({&ksk()}), anchor_of({sha1, of_other_algorithm})).verdict.status == Status::Secure);
}

TEST_CASE("an anchor without anything supported makes the zone insecure") {
  auto unknown_algorithm = ds_of(ksk());
  unknown_algorithm[2] = 12;  // GOST
  auto unknown_digest = ds_of(ksk());
  unknown_digest[3] = 3;  // GOST
  const auto dnskeys = signed_keys({&ksk()});
  const auto verdict = check(dnskeys, anchor_of({unknown_algorithm})).verdict;
  CHECK(verdict.status == Status::Insecure);
  CHECK(verdict.flaw == Flaw::UnsupportedAlgorithm);
  CHECK(check(dnskeys, anchor_of({unknown_digest})).verdict.flaw == Flaw::UnsupportedDigest);
  CHECK(check(dnskeys, anchor_of({unknown_digest, unknown_algorithm})).verdict.status == Status::Insecure);
  CHECK(check(dnskeys, anchor_of({unknown_digest, ds_of(ksk())})).verdict.status == Status::Secure);
  CHECK(why_insecure(anchor_of({unknown_algorithm, ds_of(ksk())}), {}) == std::nullopt);
  CHECK(why_insecure(anchor_of({}), {}) == std::nullopt);
}

TEST_CASE("SHA-1 signatures count if the administrator says so") {
  const auto& key = test::key_of_example(Algorithm::RsaSha1);
  const auto anchor = anchor_of({ds_of(key)});
  CHECK(check(signed_keys({&key}), anchor).verdict.flaw == Flaw::UnsupportedAlgorithm);
  CHECK(check(signed_keys({&key}), anchor).verdict.status == Status::Insecure);
  CHECK(check(signed_keys({&key}), anchor, test::kWithSha1).verdict.status == Status::Secure);
}

TEST_CASE("a DNSKEY can be the anchor") {
  TrustAnchor anchor{.zone = wire::Name::literal("example.")};
  anchor.dnskeys.add(ksk().dnskey());
  CHECK(check(signed_keys({&ksk(), &zsk()}), anchor).verdict.status == Status::Secure);
  CHECK(check(signed_keys({&zsk()}), anchor).verdict.flaw == Flaw::KeyNotForDs);
  anchor.ds.add(ds_of(zsk()));
  CHECK(check(signed_keys({&zsk()}), anchor).verdict.status == Status::Secure);
}

// The DNSKEY RRset with nothing but this, which says of itself that the key signed it.
wire::RRset with_header(const SigningKey& key, std::uint16_t flags, std::uint8_t protocol) {
  auto dnskey = key.dnskey();
  wire::write_u16(dnskey.data(), flags);
  dnskey[2] = protocol;
  wire::RRset dnskeys{.owner = key.zone(), .type = wire::Type::DNSKEY, .ttl = 3'600};
  dnskeys.rdatas.add(dnskey);
  dnskeys.signatures.add(key.sign(dnskeys, {.key_tag = key_tag(dnskey)}));
  return dnskeys;
}

TEST_CASE("a key that is revoked or no zone key vouches for nothing, even if the DS names it") {
  struct Header {
    std::uint16_t flags;
    std::uint8_t protocol;
  };
  for (const auto& [flags, protocol] :
       {Header{0x0181, 3}, Header{0x0001, 3}, Header{0x0000, 3}, Header{0x0101, 7}}) {
    const auto dnskeys = with_header(ksk(), flags, protocol);
    const auto rdata = *dnskeys.rdatas.begin();
    const auto verdict = check(dnskeys, anchor_of({ds_of(ksk().zone(), rdata)})).verdict;
    CHECK(verdict.status == Status::Bogus);
    CHECK(verdict.flaw == Flaw::KeyNotForZone);
    CHECK(KeySet(dnskeys, {}).empty());
  }
  const auto good = with_header(ksk(), 0x0100, 3);
  CHECK(check(good, anchor_of({ds_of(ksk().zone(), *good.rdatas.begin())})).verdict.status == Status::Secure);
}

TEST_CASE("a DNSKEY anchor whose key is revoked anchors no more") {
  TrustAnchor anchor{.zone = wire::Name::literal("example.")};
  anchor.dnskeys.add(ksk().dnskey());
  CHECK(check(with_header(ksk(), 0x0181, 3), anchor).verdict.flaw == Flaw::KeyNotForZone);
}

wire::RRset only_key(const wire::Bytes& dnskey) {
  wire::RRset dnskeys{.owner = wire::Name::literal("example."), .type = wire::Type::DNSKEY, .ttl = 3'600};
  dnskeys.rdatas.add(dnskey);
  return dnskeys;
}

wire::Bytes rsa_dnskey(std::size_t modulus_size) {
  wire::Bytes dnskey{1, 1, 3, 8, 3, 1, 0, 1};
  dnskey.insert(dnskey.end(), modulus_size, 0xff);
  return dnskey;
}

TEST_CASE("a zone whose every key in the DS is beyond what we verify is insecure") {
  const auto zone = wire::Name::literal("example.");
  const auto too_long = rsa_dnskey(1'024);
  const auto verdict = check(only_key(too_long), anchor_of({ds_of(zone, too_long)})).verdict;
  CHECK(verdict.status == Status::Insecure);
  CHECK(verdict.flaw == Flaw::UnsupportedAlgorithm);

  // The other key of the DS may have been taken out on the way.
  const auto both = anchor_of({ds_of(zone, too_long), ds_of(ksk())});
  CHECK(check(only_key(too_long), both).verdict.status == Status::Bogus);
  CHECK(check(only_key(too_long), both).verdict.flaw == Flaw::KeyNotForDs);
  auto with_both = signed_keys({&ksk()});
  with_both.rdatas.add(too_long);
  with_both.signatures = {};
  with_both.signatures.add(ksk().sign(with_both));
  CHECK(check(with_both, both).verdict.status == Status::Secure);
}

TEST_CASE("a zone whose key in the DS is no key at all is bogus") {
  const auto zone = wire::Name::literal("example.");
  auto off_the_curve = ksk().dnskey();
  off_the_curve.back() ^= 1U;
  const auto verdict = check(only_key(off_the_curve), anchor_of({ds_of(zone, off_the_curve)})).verdict;
  CHECK(verdict.status == Status::Bogus);
  CHECK(verdict.flaw == Flaw::KeyMissing);
}

TEST_CASE("keys without signatures, and with one that is out of time") {
  const auto anchor = anchor_of({ds_of(ksk())});
  auto dnskeys = test::dnskeys_of({&ksk()});
  CHECK(check(dnskeys, anchor).verdict.flaw == Flaw::SignatureMissing);
  dnskeys.signatures.add(ksk().sign(dnskeys, {.expiration = test::kSigningTime - 1}));
  CHECK(check(dnskeys, anchor).verdict.flaw == Flaw::SignatureExpired);
  CHECK(check(dnskeys, anchor).verdict.when == test::kSigningTime - 1);
}

TEST_CASE("a crowd of DS costs no more than sixteen") {
  auto anchor = anchor_of({});
  for (std::uint8_t i = 0; i < kMaxAnchorEntries; ++i) {
    auto ds = ds_of(ksk());
    ds.back() ^= static_cast<std::uint8_t>(i + 1);
    anchor.ds.add(ds);
  }
  anchor.ds.add(ds_of(ksk()));
  CHECK(check(signed_keys({&ksk()}), anchor).verdict.flaw == Flaw::KeyNotForDs);

  // What has not been looked at excuses nothing.
  const auto zone = wire::Name::literal("example.");
  const auto too_long = rsa_dnskey(1'024);
  auto unsupported = anchor_of({});
  for (std::size_t i = 0; i < kMaxAnchorEntries; ++i) unsupported.ds.add(ds_of(zone, too_long));
  CHECK(check(only_key(too_long), unsupported).verdict.status == Status::Insecure);
  unsupported.ds.add(ds_of(zone, too_long));
  CHECK(check(only_key(too_long), unsupported).verdict.status == Status::Bogus);
}

TEST_CASE("a key of many octets is not hashed") {
  const auto huge = rsa_dnskey(kMaxAnchoredKeySize);
  const auto anchor = anchor_of({ds_of(wire::Name::literal("example."), huge)});
  CHECK(check(only_key(huge), anchor).verdict.flaw == Flaw::KeyNotForDs);
}

TEST_CASE("a key set check goes in steps of one verification") {
  auto dnskeys = signed_keys({&ksk(), &zsk()});
  auto bad = *dnskeys.signatures.begin();
  wire::Bytes broken(bad.begin(), bad.end());
  broken.back() ^= 1U;
  wire::RdataList signatures;
  signatures.add(broken);
  signatures.add(bad);
  dnskeys.signatures = signatures;
  const auto anchor = anchor_of({ds_of(ksk())});
  KeySetCheck check(dnskeys, anchor, {}, test::kSigningTime);
  Effort effort;
  CHECK_FALSE(check.step(effort));
  CHECK(effort.checks_left == kMaxSignatureChecks - 1);
  const auto outcome = check.step(effort);
  REQUIRE(outcome);
  CHECK(outcome->verdict.status == Status::Secure);
  CHECK(effort.checks_left == kMaxSignatureChecks - 2);

  Effort none{.checks_left = 0};
  CHECK(check_key_set(dnskeys, anchor, {}, test::kSigningTime, none).verdict.flaw == Flaw::TooCostly);
}

}  // namespace
}  // namespace shirube::dnssec
