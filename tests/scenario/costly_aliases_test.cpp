#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::Delegated;
using test::IteratingHost;

namespace {

constexpr int kLinks = 10;

// CAMP: each link of a chain of aliases stands in another zone, and of the ten servers of each zone, none
// with glue, only the last exists.
void serve_costly_chain(IteratingHost& home) {
  for (int i = 0; i <= kLinks; ++i) {
    const auto zone = fmt::format("z{}.", i);
    const auto hoster = fmt::format("h{}.", i);
    const auto address = fmt::format("10.1.0.{}", i + 1);
    const auto hosters_address = fmt::format("10.2.0.{}", i + 1);
    std::string servers;
    for (int n = 0; n < 10; ++n) servers += fmt::format("@ 300 NS n{}.{}\n", n, hoster);
    const auto end = i == kLinks ? "www 300 A 192.0.2.80\n" : fmt::format("www 300 CNAME www.z{}.\n", i + 1);
    home.serve(zone, servers + end, {address});
    home.serve(hoster, fmt::format("n9 300 A {}\n", address), {hosters_address});
  }
}

}  // namespace

TEST_CASE("a chain of aliases that costs more than one question may is given up, and not begun again") {
  IteratingHost home;
  serve_costly_chain(home);
  const auto& client = home.ask_and_wait("www.z0.");
  CHECK(client.servfail());
  REQUIRE(client.error() == wire::Ede::Other);
  CHECK(client.records() == 0);
  const auto cost = home.sent();
  CHECK(cost <= upstream::kMaxUpstreamPackets + 1);  // and priming
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(home.failures.seen[0].out_of_budget);
  CHECK(home.ask_and_wait("www.z0.").servfail());
  CHECK(home.sent() == cost);
  CHECK(home.quiet());
}

TEST_CASE("what one question could not afford is there for another") {
  IteratingHost home;
  serve_costly_chain(home);
  CHECK(home.ask_and_wait("www.z0.").servfail());
  const auto before = home.sent();
  CHECK(home.ask_and_wait("www.z10.").records() == 1);
  // Some servers only denied or failed so far: how they compare names is looked at again, for the zone's own
  // label, too.
  CHECK(home.sent() - before <= 22);
  CHECK(home.quiet());
}
