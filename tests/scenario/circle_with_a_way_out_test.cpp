#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Delegated;
using test::IteratingHost;

TEST_CASE("a circle with a way out of it is left by that way") {
  IteratingHost home;
  home.world.zone(0).add("a. 300 NS ns.b.\na. 300 NS ns.c.\nb. 300 NS ns.a.\n");
  home.serve("a.", "@ 300 NS ns.b.\nns 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n", {"192.0.2.1"},
             Delegated::No);
  home.serve("b.", "@ 300 NS ns.a.\nns 300 A 192.0.2.1\nwww 300 A 192.0.2.81\n", {"192.0.2.1"},
             Delegated::No);
  home.serve("c.", "ns 300 A 192.0.2.1\n", {"192.0.2.3"});
  const auto& client = home.ask_and_wait("www.b.");
  CHECK(client.records() == 1);
  CHECK(client.waited < 1s);
  // What was in the way of one lookup is soon none in the way of another.
  home.network.advance(1s);
  CHECK(home.ask_and_wait("ns.b.").records() == 1);
  CHECK(home.ask_and_wait("www.a.").records() == 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.sent() <= 12);
  CHECK(home.quiet());
}
