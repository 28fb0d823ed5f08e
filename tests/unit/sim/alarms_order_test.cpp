#include <memory>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Bell;
using Rung = std::vector<std::string>;

TEST_CASE("alarms ring by time, those of one instant in the order in which they were set") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  const auto start = network.now();
  Rung rung;
  Bell a("a", rung), b("b", rung), c("c", rung), d("d", rung);
  network.set_alarm(c, start + 2s);
  network.set_alarm(b, start + 1s);
  network.set_alarm(a, start + 1s);
  network.set_alarm(d, start - 1s);  // in the past: at once, but from the loop
  CHECK(rung.empty());
  CHECK(network.alarms_set() == 4);
  network.advance(0s);
  CHECK(rung == Rung{"d"});
  CHECK(network.now() == start);
  CHECK(network.run());
  CHECK(rung == Rung{"d", "b", "a", "c"});
  CHECK(network.now() - start == 2s);
  CHECK(network.alarms_set() == 0);
}

TEST_CASE("setting an alarm again moves it, cancelling and destroying it silences it") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  const auto start = network.now();
  Rung rung;
  Bell moved("moved", rung), cancelled("cancelled", rung);
  auto destroyed = std::make_unique<Bell>("destroyed", rung);
  network.set_alarm(moved, start + 1s);
  network.set_alarm(moved, start + 3s);
  network.set_alarm(cancelled, start + 1s);
  network.set_alarm(*destroyed, start + 1s);
  network.cancel_alarm(cancelled);
  destroyed.reset();
  CHECK(network.alarms_set() == 1);
  network.advance(2s);
  CHECK(rung.empty());
  CHECK(moved.is_set());
  network.run();
  CHECK(rung == Rung{"moved"});
  CHECK_FALSE(moved.is_set());
  CHECK_FALSE(cancelled.is_set());
}

namespace {

struct Restless final : upstream::Alarm {
  explicit Restless(upstream::Network& its_network) : network(its_network) {}
  void ring() override { network.set_alarm(*this, network.now()); }
  upstream::Network& network;
};

}  // namespace

TEST_CASE("time that stands still is an error, not a hang") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  Restless restless(network);
  network.set_alarm(restless, network.now());
  CHECK_THROWS_AS(network.run(), std::logic_error);
}
