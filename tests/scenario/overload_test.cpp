// A flood of slow names takes the places of its own oldest, not those of other questions.
#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

TEST_CASE("a good name is answered while slow names fill every place") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).link.delay = 3s;
  for (std::size_t i = 0; i < upstream::kMaxLookups; ++i) home.ask("slow" + std::to_string(i) + ".example.");
  CHECK(home.resolver.lookups_in_flight() == upstream::kMaxLookups);
  CHECK(home.ask("at-once.example.").servfail());
  home.network.advance(1s);
  home.host(test::kFirst).link.delay = 5ms;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.resolver.lookups_in_flight() == upstream::kMaxLookups - 1);
  CHECK(home.quiet());
}
