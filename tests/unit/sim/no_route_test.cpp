#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using test::Asker;
using test::query;
using test::to_server;

TEST_CASE("without a route of the family nothing is sent and the loop says unreachable at once") {
  sim::World world;
  const auto zone = world.add_zone("a.example", "@ A 192.0.2.1\n");
  world.add_host("192.0.2.53", sim::Role::Authority, {zone});
  world.add_host("[2001:db8::53]:53", sim::Role::Authority, {zone});
  sim::SimulatedNetwork network(world, 1);
  network.set_route(wire::Family::V6, false);
  CHECK_FALSE(network.has_route(wire::Family::V6));
  CHECK(network.has_route(wire::Family::V4));

  const auto start = network.now();
  Asker v6;
  network.start_exchange(to_server("[2001:db8::53]:53", query("a.example")), v6);
  CHECK_FALSE(v6.result.has_value());
  network.run();
  CHECK(v6.failed_with(upstream::ExchangeError::Unreachable));
  CHECK(network.now() == start);
  CHECK(network.sent().empty());
  CHECK(world.queries() == 0);

  Asker v4;
  network.start_exchange(to_server("192.0.2.53", query("a.example")), v4);
  network.run();
  CHECK(v4.has_reply());

  network.set_route(wire::Family::V6, true);
  Asker again;
  network.start_exchange(to_server("[2001:db8::53]:53", query("a.example")), again);
  network.run();
  CHECK(again.has_reply());
}
