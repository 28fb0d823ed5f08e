#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using test::Asker;
using test::query;
using test::to_server;

TEST_CASE("a duplicated query is answered twice, and ends its exchange once") {
  sim::World world;
  auto& host =
      world.add_host("192.0.2.53", sim::Role::Authority, {world.add_zone("a.example", "@ A 192.0.2.1\n")});
  host.link.duplication = 1.0;
  sim::SimulatedNetwork network(world, 1);
  int late = 0;
  network.set_trace(
      [&](const std::string& line) { late += line.find("came late") != std::string::npos ? 1 : 0; });
  Asker asker;
  network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  CHECK(network.run());
  CHECK(host.udp_queries == 2);
  CHECK(asker.has_reply());
  CHECK(asker.times_ended == 1);
  CHECK(late == 3);
}

TEST_CASE("what comes late for one exchange does not end the next of the same waiter") {
  sim::World world;
  auto& host =
      world.add_host("192.0.2.53", sim::Role::Authority, {world.add_zone("a.example", "@ A 192.0.2.1\n")});
  host.link.duplication = 1.0;
  sim::SimulatedNetwork network(world, 1);
  Asker asker;
  network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  network.run_until([&] { return asker.result.has_value(); });
  host.faults.silent = true;
  asker.result.reset();
  network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  network.run();
  CHECK(asker.failed_with(upstream::ExchangeError::TimedOut));
  CHECK(asker.times_ended == 2);
}
