#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// Each zone has `names` servers, all named in the next zone: ways from the first to the last are `names` to
// the power of `zones`. The last has servers at 10.0.0.1 and on.
void serve_many_ways(IteratingHost& home, int zones, int names) {
  std::string root;
  for (int i = 0; i < zones; ++i) {
    for (int n = 0; n < names; ++n) root += fmt::format("z{}. 300 NS n{}.z{}.\n", i, n, i + 1);
  }
  for (int n = 0; n < names; ++n)
    root += fmt::format("z{0}. 300 NS n{1}.z{0}.\nn{1}.z{0}. 300 A 10.0.0.{2}\n", zones, n, n + 1);
  home.world.zone(0).add(root);
}

}  // namespace

TEST_CASE("zones with many ways from one to the next cost no more work than packets") {
  for (const int zones : {7, 12}) {  // less deep than allowed, and deeper
    IteratingHost home;
    serve_many_ways(home, zones, 13);
    for (int n = 1; n <= 13; ++n) home.world.add_host(fmt::format("10.0.0.{}", n), sim::Role::Authority);
    CHECK(home.ask_and_wait("www.z0.").servfail());
    CHECK(home.quiet());
    CHECK(home.resolver.statistics().lookups <= 200);
    CHECK(home.sent() <= upstream::kMaxUpstreamPackets + 1);
  }
}

TEST_CASE("clients who wait for each other's lookups over many ways do not slow each other down") {
  constexpr int kZones = 40;
  IteratingHost home;
  serve_many_ways(home, kZones, 2);
  for (int i = 0; i < kZones; ++i) home.ask(fmt::format("www.z{}.", i));
  for (int i = 1; i < kZones; ++i) {
    home.ask(fmt::format("n0.z{}.", i));
    home.ask(fmt::format("n1.z{}.", i));
  }
  CHECK(home.quiet());
  CHECK(home.resolver.statistics().lookups <=
        9 * kZones);  // a zone: three clients, two servers, two families; some again for an asker less deep
}
