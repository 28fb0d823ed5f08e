#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
TEST_CASE(
    "under a root that is not signed as its anchor says nothing is answered, with the root as the reason") {
  test::IteratingSetup setup;
  setup.settings.trust.anchors.add(sim::Signer({}, {}).trust_anchor());
  test::IteratingHost home(setup);
  home.serve("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  for (const auto* name : {"www.test", "none.test", "none"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
    CHECK_THAT(test::reason(client), Catch::Contains(". DNSKEY"));
  }
  const auto& servers = home.ask_and_wait(".", wire::Type::NS);
  CHECK(test::fails_with(servers, wire::Ede::DnskeyMissing));
  CHECK(home.quiet());
}
