#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

TEST_CASE("a failure is remembered for a second, and forgotten when the servers are back") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.servfail = true;
  CHECK(home.ask_and_wait("www.example.").servfail());
  const auto before = home.sent();
  const auto& again = home.ask_and_wait("www.example.");
  CHECK(again.servfail());
  CHECK(again.error() == wire::Ede::CachedError);
  CHECK(home.sent() == before);
  home.host(test::kFirst).faults.servfail = false;
  home.network.advance(1s);
  CHECK(home.ask_and_wait("www.example.").records() == 1);
}

TEST_CASE("a change of routes forgets failures at once") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.unreachable = true;
  CHECK(home.ask_and_wait("www.example.").servfail());
  home.host(test::kFirst).faults.unreachable = false;
  home.resolver.routes_changed();
  CHECK(home.ask_and_wait("www.example.").records() == 1);
}
