#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Asker;
using test::query;
using test::to_server;

namespace {

struct Run {
  std::vector<std::string> trace;
  int answered = 0;
  friend bool operator==(const Run&, const Run&) = default;
};

[[nodiscard]] Run run(std::uint64_t seed, double loss) {
  sim::World world;
  auto& host =
      world.add_host("192.0.2.53", sim::Role::Authority, {world.add_zone("a.example", "@ A 192.0.2.1\n")});
  host.link = {.delay = 5ms, .jitter = 5ms, .loss = loss, .duplication = 0.1};
  sim::SimulatedNetwork network(world, seed);
  Run run;
  network.set_trace([&](const std::string& line) { run.trace.push_back(line); });
  std::vector<Asker> askers(100);
  for (auto& asker : askers) {
    network.start_exchange(to_server("192.0.2.53", query("a.example", {.id = network.random_u16()})), asker);
  }
  network.run();
  for (const auto& asker : askers) run.answered += asker.has_reply() ? 1 : 0;
  return run;
}

}  // namespace

TEST_CASE("the same seed gives the same run, another seed another") {
  const auto first = run(1, 0.3);
  CHECK(first == run(1, 0.3));
  CHECK(first.trace != run(2, 0.3).trace);
}

TEST_CASE("packets are lost each way, as often as the link says") {
  CHECK(run(1, 0.0).answered == 100);
  const auto some = run(1, 0.3).answered;  // 0.7 there and 0.7 back, or a duplicate of it
  CHECK(some > 35);
  CHECK(some < 70);
  CHECK(run(1, 1.0).answered == 0);
}

TEST_CASE("more randomness for the resolver does not change the weather") {
  const auto fates = [](bool draw) {
    sim::World world;
    auto& host =
        world.add_host("192.0.2.53", sim::Role::Authority, {world.add_zone("a.example", "@ A 192.0.2.1\n")});
    host.link.loss = 0.5;
    sim::SimulatedNetwork network(world, 7);
    std::vector<bool> answered;
    for (int i = 0; i < 50; ++i) {
      if (draw) static_cast<void>(network.random_u16());
      Asker asker;
      network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
      network.run();
      answered.push_back(asker.has_reply());
    }
    return answered;
  };
  CHECK(fates(false) == fates(true));
}
