// A server drops names in random case. If the route to it goes, nothing more is sent to compare the cases.
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kServer = "2001:db8::1";

[[nodiscard]] std::string long_name(unsigned number) {
  return fmt::format("some-quite-long-name-with-letters-{}.example.", number);
}

// The next silence is followed by a comparison.
struct WorldOfSilence {
  WorldOfSilence() {
    home.serve("example.", "* 300 A 192.0.2.80\n", {kServer});
    home.host(kServer).faults.compares_case = sim::CaseSaid::Silence;
    for (unsigned i = 0; i < upstream::kSilencesBeforeComparison; ++i)
      CHECK(test::got_address(home.ask_and_wait(long_name(i)), "192.0.2.80"));
    before = home.sent_to(kServer);
    client = &home.ask(long_name(9));
    // The question in random case, and then the one in plain case, whose reply is on its way.
    home.network.run_until([&] { return home.sent_to(kServer) == before + 2; });
  }
  IteratingHost home;
  std::size_t before = 0;
  const test::Client* client = nullptr;
};

}  // namespace

TEST_CASE("a comparison follows the third silence while there is a route") {
  WorldOfSilence world;
  CHECK(world.home.quiet());
  CHECK(test::got_address(*world.client, "192.0.2.80"));
  CHECK(world.home.resolver.statistics().case_fallbacks == 1);
  // Six packets to compare, and retries while the comparison is under way.
  CHECK(world.home.sent_to(kServer) >= world.before + 2 + 6);
  CHECK(world.home.sent_to(kServer) <= world.before + 2 + 8);
}

TEST_CASE("the comparison after a silence is not begun when the route is gone") {
  WorldOfSilence world;
  auto& home = world.home;
  home.network.set_route(wire::Family::V6, false);
  home.network.run_until([&] { return world.client->got.has_value(); });
  CHECK(test::got_address(*world.client, "192.0.2.80"));
  CHECK(home.quiet());
  CHECK(home.sent_to(kServer) == world.before + 2);
  CHECK(home.network.started_without_route(wire::Family::V6) == 0);
  CHECK(home.resolver.statistics().case_fallbacks == 0);
}
