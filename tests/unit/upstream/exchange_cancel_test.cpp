#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"
#include "upstream/awaiting.hpp"
#include "upstream/task.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using upstream::ExchangeError;
using upstream::Task;
using upstream::TaskSet;

namespace {

Task<void> ask(upstream::Network* network, upstream::ExchangeRequest request,
               std::vector<upstream::ExchangeResult>* into) {
  auto result = co_await upstream::Exchange(*network, std::move(request));
  into->push_back(std::move(result));
}

Task<void> ask_twice(upstream::Network* network, std::vector<upstream::ExchangeResult>* into) {
  auto first = ask(network, test::to_server("192.0.2.53", test::query("a.example")), into);
  co_await first;
  auto second = ask(network, test::to_server("192.0.2.54", test::query("a.example")), into);
  co_await second;
}

struct Loop {
  sim::World world;
  sim::Host* host;
  sim::SimulatedNetwork network;
  std::vector<upstream::ExchangeResult> results;
  TaskSet tasks;

  Loop()
      : host(&world.add_host("192.0.2.53", sim::Role::Authority,
                             {world.add_zone("a.example", "@ A 192.0.2.1\n")})),
        network(world, 1) {}
};

}  // namespace

TEST_CASE("an awaited exchange gives its reply, the next its error") {
  Loop loop;
  loop.tasks.spawn(ask_twice(&loop.network, &loop.results));
  CHECK(loop.results.empty());
  loop.network.run();
  REQUIRE(loop.results.size() == 2);
  CHECK(loop.results[0].has_value());
  CHECK(loop.results[1].error() == ExchangeError::TimedOut);
  CHECK(loop.tasks.size() == 0);
}

TEST_CASE("destroying a task that waits for an exchange cancels it, whenever that is") {
  for (const auto when : {0ms, 3ms, 5ms, 9ms}) {
    Loop loop;
    loop.tasks.spawn(ask_twice(&loop.network, &loop.results));
    loop.network.advance(when);
    CHECK(loop.network.exchanges_in_flight() == 1);
    loop.tasks.cancel_all();
    CHECK(loop.network.exchanges_in_flight() == 0);
    CHECK(loop.network.run());
    CHECK(loop.results.empty());
    CHECK(loop.network.sent().size() == 1);
  }
}
