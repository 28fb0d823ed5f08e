// A sight of the root's keys counts only if a trusted root key has signed them.
#include <sstream>

#include <catch2/catch.hpp>

#include "conf/read_file.hpp"
#include "dnssec/digest.hpp"
#include "dnssec/records.hpp"
#include "server/anchor_keeper.hpp"
#include "server/anchor_state.hpp"
#include "state_fixture.hpp"
#include "tests/support/signing.hpp"

namespace shirube::server {
namespace {

using dnssec::Algorithm;
using test::SigningKey;

constexpr std::int64_t kNow = test::kSigningTime;
constexpr std::int64_t kDay = 86'400;
constexpr wire::Instant kStart{std::chrono::hours{1}};

wire::Bytes digest_of(const SigningKey& key) {
  const auto digest = dnssec::ds_digest(dnssec::DigestType::Sha256, wire::Name(), key.dnskey());
  wire::Bytes ds(2);
  wire::write_u16(ds.data(), key.tag());
  ds.insert(ds.end(), {static_cast<std::uint8_t>(key.algorithm()), 2});
  ds.insert(ds.end(), digest.begin(), digest.end());
  return ds;
}

// A root with an anchor, a stolen zone-signing key, and a key that the thief wants to introduce.
struct Root {
  void trust(const dnssec::FollowedKey& key) { directory.write(anchor_state_text({key})); }
  [[nodiscard]] AnchorKeeper start() { return AnchorKeeper(log, calls, directory.file(), kNow); }
  [[nodiscard]] static cache::CachedAnswer keys(std::initializer_list<const SigningKey*> keys,
                                                std::initializer_list<const SigningKey*> signers) {
    auto rrset = test::dnskeys_of(keys);
    rrset.ttl = 172'800;
    for (const auto* key : signers) rrset.signatures.add(key->sign(rrset));
    cache::CachedAnswer found;
    found.answer.authentic = true;
    found.answer.answer.push_back(std::move(rrset));
    return found;
  }

  SigningKey anchor{".", Algorithm::EcdsaP256};
  SigningKey zone_signing{".", Algorithm::EcdsaP256, test::kZoneKey};
  SigningKey wanted{".", Algorithm::EcdsaP256};
  StateDirectory directory;
  FileCalls calls;
  std::ostringstream out;
  Log log{conf::LogSettings{}, out};
};

TEST_CASE("keys that only a zone-signing key has signed are no sighting") {
  Root root;
  root.trust({.rdata = root.anchor.dnskey(), .since = kNow - kDay});
  auto keeper = root.start();
  const auto before = conf::read_file(root.directory.file(), 1 << 20).value();
  const auto forged =
      Root::keys({&root.anchor, &root.zone_signing, &root.wanted}, {&root.zone_signing, &root.wanted});
  for (const int day : {0, 10, 20, 31})
    CHECK_FALSE(keeper.learn(forged, kStart + std::chrono::days{day}, kNow + day));
  CHECK(conf::read_file(root.directory.file(), 1 << 20).value() == before);
  const auto said = root.out.str();
  const auto first = said.find("no trusted root key has signed");
  CHECK(first != std::string::npos);
  CHECK(said.find("no trusted root key has signed", first + 1) == std::string::npos);
}

TEST_CASE("nor are keys that a pending key has signed") {
  Root root;
  root.trust({.rdata = root.anchor.dnskey(), .since = kNow - kDay});
  auto keeper = root.start();
  CHECK_FALSE(keeper.learn(Root::keys({&root.anchor, &root.wanted}, {&root.anchor}), kStart, kNow));
  const auto before = conf::read_file(root.directory.file(), 1 << 20).value();
  CHECK_FALSE(keeper.learn(Root::keys({&root.wanted}, {&root.wanted}), kStart, kNow));
  CHECK_THAT(root.out.str(), Catch::Contains("no trusted root key has signed"));
  CHECK(conf::read_file(root.directory.file(), 1 << 20).value() == before);
}

TEST_CASE("a digest that becomes its key is no change of trust") {
  Root root;
  root.trust({.type = wire::Type::DS, .rdata = digest_of(root.anchor), .since = kNow - kDay});
  auto keeper = root.start();
  const auto anchor = keeper.anchor();
  CHECK_FALSE(keeper.learn(Root::keys({&root.anchor, &root.zone_signing}, {&root.anchor}), kStart, kNow));
  CHECK(keeper.anchor() == anchor);
  CHECK(conf::read_file(root.directory.file(), 1 << 20).value().find(" DNSKEY ") != std::string::npos);
}

TEST_CASE("a root that revokes its only trusted key keeps it, and the log says so once") {
  Root root;
  const SigningKey revoked(".", Algorithm::EcdsaP256, test::kRevokedKey);
  auto plain = revoked.dnskey();
  plain[1] = static_cast<std::uint8_t>(plain[1] & 0x7F);
  root.trust({.rdata = plain, .since = kNow - kDay});
  auto keeper = root.start();
  for (int i = 0; i < 3; ++i)
    CHECK_FALSE(keeper.learn(Root::keys({&revoked, &root.wanted}, {&revoked, &root.wanted}), kStart, kNow));
  CHECK(keeper.anchor().dnskeys.contains(plain));
}

}  // namespace
}  // namespace shirube::server
