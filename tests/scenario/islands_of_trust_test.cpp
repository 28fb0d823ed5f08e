#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
namespace {

// Anchors for the root and for island.unsigned.test.
test::SignedSetup with_island() {
  test::SignedSetup setup;
  const sim::Signer signer(wire::Name::literal("island.unsigned.test"), {});
  setup.iterating.settings.trust.anchors.add(signer.trust_anchor());
  return setup;
}

}  // namespace

TEST_CASE("a zone with its own anchor is secure below a zone that is not signed") {
  test::SignedTree home(with_island());
  const auto island = home.serve("island.unsigned.test", "www 300 A 192.0.2.80\n", {"192.0.2.3"});
  home.world.zone(island).sign({});
  home.serve_signed("safe.island.unsigned.test", "www 300 A 192.0.2.81\n", {"192.0.2.4"});
  CHECK(test::secure(home.ask_and_wait("www.island.unsigned.test")));
  CHECK(test::secure(home.ask_and_wait("www.safe.island.unsigned.test")));
  CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
  home.spoil(island, "ns1.island.unsigned.test", wire::Type::A, sim::bad_signature());
  CHECK(test::fails_with(home.ask_and_wait("ns1.island.unsigned.test"), wire::Ede::DnssecBogus));
}

TEST_CASE("an island that is not signed as its anchor says is bogus") {
  test::SignedTree home(with_island());
  const auto island = home.serve("island.unsigned.test", "www 300 A 192.0.2.80\n", {"192.0.2.3"});
  SECTION("by other keys") {
    home.world.zone(island).sign({.generation = 1});
    CHECK(test::fails_with(home.ask_and_wait("www.island.unsigned.test"), wire::Ede::DnskeyMissing));
  }
  SECTION("not at all") { CHECK(home.ask_and_wait("www.island.unsigned.test").servfail()); }
}
