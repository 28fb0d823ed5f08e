#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "rollover_fixture.hpp"

namespace shirube::dnssec {
namespace {

TrustAnchor ds_anchor(std::initializer_list<char> letters) {
  TrustAnchor anchor;
  for (const char letter : letters) {
    const auto key = dnskey(letter);
    const auto digest = ds_digest(DigestType::Sha256, wire::Name(), key);
    wire::Bytes ds(2);
    wire::write_u16(ds.data(), key_tag(key));
    ds.insert(ds.end(), {13, 2});
    ds.insert(ds.end(), digest.begin(), digest.end());
    anchor.ds.add(ds);
  }
  return anchor;
}

TEST_CASE("the REVOKE flag alone revokes nothing: the key has to have signed") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(1, {dnskey('a'), revoked('b')}, false));
  CHECK(zone.state('b') == KeyState::Missing);
  CHECK(zone.trusts('b'));
}

TEST_CASE("a key that is there with and without the REVOKE flag is revoked") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(1, {dnskey('a'), dnskey('b'), revoked('b')}));
  CHECK(zone.state('b') == KeyState::Revoked);
  RollingZone turned{'a', 'b'};
  static_cast<void>(turned.see(1, {revoked('b'), dnskey('b'), dnskey('a')}));
  CHECK(turned.state('b') == KeyState::Revoked);
}

TEST_CASE("a DS becomes its key when that is seen, and stays trusted all the while") {
  RollingZone zone{ds_anchor({'a', 'b'})};
  CHECK(zone.rollover().anchor().ds.count() == 2);
  CHECK(zone.see(1, {dnskey('a'), dnskey('z', 256)}) ==
        std::vector<KeyChange>{{key_tag(dnskey('b')), KeyState::Valid, KeyState::Missing}});
  CHECK(zone.trusts('a'));
  CHECK(zone.rollover().anchor().ds.count() == 1);
  CHECK(zone.rollover().anchor().dnskeys.count() == 1);
  static_cast<void>(zone.see(2, {dnskey('a'), dnskey('b')}));
  CHECK(zone.rollover().anchor().ds.empty());
  CHECK(zone.trusts('b'));
}

TEST_CASE("a DS whose key is seen revoked is revoked") {
  RollingZone zone{ds_anchor({'a', 'b'})};
  static_cast<void>(zone.see(1, {dnskey('a'), revoked('b')}));
  CHECK(zone.state('b') == KeyState::Revoked);
  CHECK(zone.rollover().anchor().ds.empty());
  CHECK_FALSE(zone.trusts('b'));
}

TEST_CASE("a key without the SEP flag, or for another protocol, is no new anchor") {
  RollingZone zone{'a'};
  auto other_protocol = dnskey('c');
  other_protocol[2] = 2;
  CHECK(zone.see(1, {dnskey('a'), dnskey('b', 256), other_protocol, dnskey('d', 1), revoked('e')}).empty());
  CHECK(zone.rollover().keys().size() == 1);
}

TEST_CASE("a zone with a long TTL is waited for longer than thirty days") {
  RollingZone zone{'a'};
  zone.original_ttl = 40 * kDay;
  static_cast<void>(zone.see(0, {dnskey('a'), dnskey('b')}));
  zone.original_ttl = 60;
  static_cast<void>(zone.see(39, {dnskey('a'), dnskey('b')}));
  CHECK(zone.state('b') == KeyState::Pending);
  static_cast<void>(zone.see(40, {dnskey('a'), dnskey('b')}));
  CHECK(zone.state('b') == KeyState::Valid);
}

TEST_CASE("a clock that goes back begins the wait anew") {
  RollingZone zone{'a'};
  static_cast<void>(zone.see(100, {dnskey('a'), dnskey('b')}));
  static_cast<void>(zone.see(0, {dnskey('a'), dnskey('b')}));
  static_cast<void>(zone.see(29, {dnskey('a'), dnskey('b')}));
  CHECK(zone.state('b') == KeyState::Pending);
  static_cast<void>(zone.see(30, {dnskey('a'), dnskey('b')}));
  CHECK(zone.state('b') == KeyState::Valid);
}

TEST_CASE("no more than kMaxFollowedKeys are followed, and a flood of keys pushes none out") {
  RollingZone zone{'a'};
  wire::RRset flood{.owner = {}, .type = wire::Type::DNSKEY, .ttl = 60};
  KeyRollover rollover = zone.rollover();
  flood.rdatas.add(dnskey('a'));
  for (int i = 0; i < 90; ++i) flood.rdatas.add(dnskey(static_cast<char>(128 + i)));
  const auto changes = rollover.observe({.dnskeys = &flood, .self_revoked = {}, .now = kStart});
  REQUIRE(changes);
  CHECK(changes->size() == kMaxFollowedKeys - 1);
  CHECK(rollover.keys().size() == kMaxFollowedKeys);
  CHECK(rollover.anchor().dnskeys.count() == 1);
}

TEST_CASE("what a new release knows is trusted at once, unless it was revoked") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(0, {dnskey('a'), revoked('b'), dnskey('p')}));
  KeyRollover rollover = zone.rollover();
  rollover.trust(ds_anchor({'a', 'b', 'p', 'n'}), kStart + kDay);
  CHECK(rollover.keys().size() == 4);
  CHECK(rollover.anchor().dnskeys.contains(dnskey('a')));
  CHECK(rollover.anchor().dnskeys.contains(dnskey('p')));
  CHECK_FALSE(rollover.anchor().dnskeys.contains(dnskey('b')));
  CHECK(rollover.anchor().ds.count() == 1);  // n
}

TEST_CASE("the names of states are read back") {
  for (const auto state :
       {KeyState::Pending, KeyState::Valid, KeyState::Missing, KeyState::Revoked, KeyState::Removed}) {
    CHECK(parse_key_state(to_text(state)) == state);
  }
  CHECK_FALSE(parse_key_state("start"));
}

TEST_CASE("how long until the next look is RFC 5011 §2.3's") {
  using std::chrono::days;
  using std::chrono::hours;
  const auto root = refresh_times(hours{48}, days{14});
  CHECK(root.after_success == hours{24});
  CHECK(root.after_failure == wire::Seconds{17'280});
  CHECK(refresh_times(days{60}, days{90}).after_success == days{15});
  CHECK(refresh_times(days{60}, days{90}).after_failure == days{1});
  CHECK(refresh_times(wire::Seconds{60}, days{14}).after_success == hours{1});
  CHECK(refresh_times(wire::Seconds{60}, days{14}).after_failure == hours{1});
  CHECK(refresh_times(days{2}, hours{4}).after_success == hours{2});
  CHECK(refresh_times(days{2}, wire::Seconds{-5}).after_success == hours{1});
}

}  // namespace
}  // namespace shirube::dnssec
