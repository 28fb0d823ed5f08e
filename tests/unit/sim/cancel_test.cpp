#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Asker;
using test::query;
using test::to_server;

namespace {

struct OneHost {
  sim::World world;
  sim::Host* host;
  sim::SimulatedNetwork network;

  OneHost()
      : host(&world.add_host("192.0.2.53", sim::Role::Authority,
                             {world.add_zone("a.example", "@ A 192.0.2.1\n")})),
        network(world, 1) {}
};

}  // namespace

TEST_CASE("a cancelled exchange never ends, though its query arrives") {
  OneHost one;
  Asker asker;
  one.network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  one.network.cancel_exchange(asker);
  CHECK(one.network.exchanges_in_flight() == 0);
  one.network.run();
  CHECK(asker.times_ended == 0);
  CHECK(one.host->udp_queries == 1);
}

TEST_CASE("a destroyed waiter takes its exchange back") {
  OneHost one;
  {
    Asker asker;
    one.network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  }
  CHECK(one.network.exchanges_in_flight() == 0);
  CHECK(one.network.run());
}

TEST_CASE("a cancelled exchange leaves no patience behind to wait for") {
  OneHost one;
  one.host->faults.silent = true;
  const auto start = one.network.now();
  Asker asker;
  one.network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  one.network.cancel_exchange(asker);
  one.network.run();
  CHECK(one.network.now() - start == 5ms);  // the packet's way to the host
}

TEST_CASE("starting again with the same waiter cancels what it waited for") {
  OneHost one;
  Asker asker;
  one.network.start_exchange(to_server("192.0.2.53", query("a.example", {.id = 1})), asker);
  one.network.start_exchange(to_server("192.0.2.53", query("a.example", {.id = 2})), asker);
  CHECK(one.network.exchanges_in_flight() == 1);
  one.network.run();
  CHECK(asker.times_ended == 1);
  REQUIRE(asker.has_reply());
  CHECK(asker.header().id == 2);
}
