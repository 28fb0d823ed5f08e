// A step that would leave no trusted key is refused as a whole.
#include <catch2/catch.hpp>

#include "rollover_fixture.hpp"

namespace shirube::dnssec {
namespace {

TEST_CASE("the only trusted key cannot be revoked") {
  RollingZone zone{'a'};
  CHECK(zone.see(1, {dnskey('a'), revoked('a')}).empty());
  CHECK(zone.refused);
  CHECK(zone.trusts('a'));
  CHECK(zone.state('a') == KeyState::Valid);
}

TEST_CASE("all trusted keys cannot be revoked at once, whatever is pending") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(0, {dnskey('a'), dnskey('b'), dnskey('p')}));
  CHECK(zone.see(29, {revoked('a'), revoked('b'), dnskey('p'), dnskey('q')}).empty());
  CHECK(zone.refused);
  CHECK(zone.trusts('a'));
  CHECK(zone.trusts('b'));
  CHECK_FALSE(zone.state('q'));
}

TEST_CASE("the last old key is revoked in the step in which a new one becomes trusted") {
  RollingZone zone{'a'};
  static_cast<void>(zone.see(0, {dnskey('a'), dnskey('p')}));
  static_cast<void>(zone.see(31, {revoked('a'), dnskey('p')}));
  CHECK_FALSE(zone.refused);
  CHECK_FALSE(zone.trusts('a'));
  CHECK(zone.trusts('p'));
}

TEST_CASE("missing keys stay trusted, so a sight of strange keys leaves them") {
  RollingZone zone{'a', 'b'};
  static_cast<void>(zone.see(1, {dnskey('z', 256)}));
  CHECK_FALSE(zone.refused);
  CHECK(zone.trusts('a'));
  CHECK(zone.trusts('b'));
}

}  // namespace
}  // namespace shirube::dnssec
