#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
namespace {

// A resolver whose anchor for the root is its DNSKEY.
test::IteratingSetup with_root_key(unsigned generation) {
  test::IteratingSetup setup;
  const sim::Signer signer({}, {.generation = generation});
  setup.settings.trust.anchors.add({.zone = {}, .dnskeys = signer.dnskeys(0).rdatas});
  return setup;
}

}  // namespace

TEST_CASE("an anchor may be a DNSKEY") {
  test::IteratingHost home(with_root_key(0));
  home.world.sign(0);
  const auto zone = home.serve("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.world.sign(zone);
  CHECK(test::secure(home.ask_and_wait("www.test")));
}

TEST_CASE("one that the zone does not have makes it bogus") {
  test::IteratingHost home(with_root_key(1));
  home.world.sign(0);
  home.serve("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  const auto& client = home.ask_and_wait("www.test");
  CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
  CHECK_THAT(test::reason(client), Catch::Contains("no key of . matches"));
}
