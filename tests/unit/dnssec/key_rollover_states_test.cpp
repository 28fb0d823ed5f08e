// The table of RFC 5011 §4.1, state by state.

#include <catch2/catch.hpp>

#include "rollover_fixture.hpp"

namespace shirube::dnssec {
namespace {

using Changes = std::vector<KeyChange>;

std::uint16_t tag(char letter) { return key_tag(dnskey(letter)); }

TEST_CASE("what is trusted at first is valid") {
  const RollingZone zone{'a', 'b'};
  CHECK(zone.state('a') == KeyState::Valid);
  CHECK(zone.rollover().anchor().dnskeys.count() == 2);
  CHECK(zone.trusts('a'));
  CHECK(zone.trusts('b'));
}

TEST_CASE("Start, NewKey: a new key is pending, and not trusted") {
  RollingZone zone{'a'};
  CHECK(zone.see(0, {dnskey('a'), dnskey('b')}) == Changes{{tag('b'), std::nullopt, KeyState::Pending}});
  CHECK(zone.state('b') == KeyState::Pending);
  CHECK_FALSE(zone.trusts('b'));
  CHECK(zone.trusts('a'));
}

TEST_CASE("Pending, AddTime: a key is trusted at the first sight after thirty days, and not before") {
  RollingZone zone{'a'};
  static_cast<void>(zone.see(1, {dnskey('a'), dnskey('b')}));
  CHECK(zone.see(20, {dnskey('a'), dnskey('b')}).empty());
  CHECK(zone.see(30.99, {dnskey('a'), dnskey('b')}).empty());
  CHECK_FALSE(zone.trusts('b'));
  CHECK(zone.see(31, {dnskey('a'), dnskey('b')}) == Changes{{tag('b'), KeyState::Pending, KeyState::Valid}});
  CHECK(zone.trusts('b'));
}

TEST_CASE("Pending, KeyRem: a key that goes away begins anew") {
  RollingZone zone{'a'};
  static_cast<void>(zone.see(0, {dnskey('a'), dnskey('b')}));
  CHECK(zone.see(29, {dnskey('a')}) == Changes{{tag('b'), KeyState::Pending, std::nullopt}});
  CHECK_FALSE(zone.state('b'));
  static_cast<void>(zone.see(30, {dnskey('a'), dnskey('b')}));
  CHECK(zone.see(59, {dnskey('a'), dnskey('b')}).empty());
  CHECK_FALSE(zone.trusts('b'));
  CHECK(zone.see(60, {dnskey('a'), dnskey('b')}).size() == 1);
  CHECK(zone.trusts('b'));
}

TEST_CASE("Pending: a key that is revoked before it was trusted is forgotten") {
  RollingZone zone{'a'};
  static_cast<void>(zone.see(0, {dnskey('a'), dnskey('b')}));
  static_cast<void>(zone.see(31, {dnskey('a'), revoked('b')}));
  CHECK_FALSE(zone.state('b'));
  CHECK_FALSE(zone.trusts('b'));
}

TEST_CASE("Valid, KeyRem: a key that the zone no longer has is missing, and still trusted") {
  RollingZone zone{'a', 'b'};
  CHECK(zone.see(1, {dnskey('a')}) == Changes{{tag('b'), KeyState::Valid, KeyState::Missing}});
  CHECK(zone.trusts('b'));
  CHECK(zone.see(400, {dnskey('a')}).empty());
  CHECK(zone.trusts('b'));
}

TEST_CASE("Missing, KeyPres: a key that comes back is valid at once") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(1, {dnskey('a')}));
  CHECK(zone.see(2, {dnskey('a'), dnskey('b')}) == Changes{{tag('b'), KeyState::Missing, KeyState::Valid}});
}

TEST_CASE("Valid and Missing, RevBit: a revoked key is no longer trusted") {
  RollingZone zone{'a', 'b', 'c'};
  static_cast<void>(zone.see(1, {dnskey('a'), dnskey('b')}));
  CHECK(zone.see(2, {dnskey('a'), revoked('b'), revoked('c')}) ==
        Changes{{tag('b'), KeyState::Valid, KeyState::Revoked},
                {tag('c'), KeyState::Missing, KeyState::Revoked}});
  CHECK(zone.trusts('a'));
  CHECK_FALSE(zone.trusts('b'));
  CHECK_FALSE(zone.trusts('c'));
}

TEST_CASE("Revoked, RemTime: thirty days after it was last seen a revoked key is removed") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(0, {dnskey('a'), revoked('b')}));
  CHECK(zone.see(40, {dnskey('a'), revoked('b')}).empty());
  CHECK(zone.see(69, {dnskey('a')}).empty());
  CHECK(zone.state('b') == KeyState::Revoked);
  CHECK(zone.see(70, {dnskey('a')}) == Changes{{tag('b'), KeyState::Revoked, KeyState::Removed}});
}

TEST_CASE("Revoked and Removed: such a key never comes back") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(0, {dnskey('a'), revoked('b')}));
  CHECK(zone.see(1, {dnskey('a'), dnskey('b')}).empty());
  CHECK(zone.state('b') == KeyState::Revoked);
  static_cast<void>(zone.see(32, {dnskey('a')}));
  REQUIRE(zone.state('b') == KeyState::Removed);
  for (const double day : {33, 64, 100}) CHECK(zone.see(day, {dnskey('a'), dnskey('b')}).empty());
  CHECK(zone.state('b') == KeyState::Removed);
  CHECK_FALSE(zone.trusts('b'));
}

}  // namespace
}  // namespace shirube::dnssec
