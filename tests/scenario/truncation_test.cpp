#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

TEST_CASE("a truncated reply is asked for again by TCP") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.truncates = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  REQUIRE(home.sent() == 2);
  CHECK(home.network.sent()[0].transport == upstream::Transport::Udp);
  CHECK(home.network.sent()[1].transport == upstream::Transport::Tcp);
}

TEST_CASE("where TCP is refused as well, the reason is told") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.truncates = true;
  home.host(test::kFirst).faults.no_tcp = true;
  CHECK(home.ask_and_wait("www.example.").servfail());
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(home.failures.seen[0].causes.size() == 1);
  CHECK(home.quiet());
}
