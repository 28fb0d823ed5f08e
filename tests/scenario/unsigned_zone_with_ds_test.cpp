#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
TEST_CASE("a zone that is not signed though it has a DS is bogus, and its missing keys are the reason") {
  test::SignedHost home;
  const auto test = home.serve_signed("test", "", {"192.0.2.1"});
  home.serve("example.test", "www 300 A 192.0.2.80\nto 300 CNAME www\n", {"192.0.2.2"});
  home.world.zone(test).put(sim::Signer(wire::Name::literal("example.test"), {}).ds(300));
  for (const auto* name : {"www.example.test", "to.example.test", "none.example.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
    CHECK_THAT(test::reason(client), Catch::Contains("example.test."));
    home.network.advance(std::chrono::seconds{5});
  }
  CHECK(home.failures.seen.size() == 3);
}
