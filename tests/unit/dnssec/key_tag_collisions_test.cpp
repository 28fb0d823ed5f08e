// Two keys with one tag, made on purpose: each is judged by itself.
#include <catch2/catch.hpp>

#include "rollover_fixture.hpp"

namespace shirube::dnssec {
namespace {

// Keys of the same letters in another order: their tags are the same, with the REVOKE flag and without.
wire::Bytes made_of(char first, char second, std::uint16_t flags = 257) {
  auto key = dnskey(first, flags);
  key.insert(key.end(), {static_cast<std::uint8_t>(second), 7});
  return key;
}

struct Victim {
  Victim() : zone(anchor()) {
    REQUIRE(key_tag(theirs) == key_tag(mine));
    REQUIRE(key_tag(theirs_revoked) == key_tag(mine_revoked));
  }
  [[nodiscard]] TrustAnchor anchor() const {
    TrustAnchor anchor;
    anchor.dnskeys.add(dnskey('z'));
    anchor.dnskeys.add(theirs);
    return anchor;
  }
  std::vector<KeyChange> see(std::initializer_list<wire::Bytes> keys, const wire::Bytes& self_revoked) {
    wire::RRset rrset{.owner = {}, .type = wire::Type::DNSKEY, .ttl = 60};
    for (const auto& key : keys) rrset.rdatas.add(key);
    KeySighting sighting{.dnskeys = &rrset, .original_ttl = 60, .now = kStart};
    sighting.self_revoked.add(self_revoked);
    return rollover.observe(sighting).value();
  }
  [[nodiscard]] bool is_trusted() const { return rollover.anchor().dnskeys.contains(theirs); }

  wire::Bytes theirs = made_of('a', 'b');
  wire::Bytes theirs_revoked = made_of('a', 'b', 257 | 0x80);
  wire::Bytes mine = made_of('b', 'a');
  wire::Bytes mine_revoked = made_of('b', 'a', 257 | 0x80);
  RollingZone zone;
  KeyRollover rollover = zone.rollover();
};

TEST_CASE("a key that revokes itself revokes no other of the same tag") {
  Victim victim;
  static_cast<void>(
      victim.see({dnskey('z'), victim.theirs_revoked, victim.mine_revoked}, victim.mine_revoked));
  CHECK(victim.is_trusted());
  static_cast<void>(victim.see({dnskey('z'), victim.theirs, victim.mine_revoked}, victim.mine_revoked));
  CHECK(victim.is_trusted());
}

TEST_CASE("a key of the same tag is a new key, and waits like any other") {
  Victim victim;
  const auto changes = victim.see({dnskey('z'), victim.theirs, victim.mine}, dnskey('n'));
  CHECK(changes == std::vector<KeyChange>{{key_tag(victim.mine), std::nullopt, KeyState::Pending}});
  CHECK_FALSE(victim.rollover.anchor().dnskeys.contains(victim.mine));
}

TEST_CASE("the owner of a key revokes it although another key has its tag") {
  Victim victim;
  static_cast<void>(victim.see({dnskey('z'), victim.theirs_revoked, victim.mine}, victim.theirs_revoked));
  CHECK_FALSE(victim.is_trusted());
}

}  // namespace
}  // namespace shirube::dnssec
