#include <memory>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/waiting.hpp"
#include "upstream/awaiting.hpp"
#include "upstream/task.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Notes;
using upstream::Pulse;
using upstream::Task;
using upstream::TaskSet;

namespace {

Task<void> wait(Pulse* pulse, wire::Instant until, std::string name, Notes* notes) {
  const bool fired = co_await pulse->wait_until(until);
  notes->push_back(name + (fired ? " fired" : " ran out"));
}

// Holds the Wait itself, so that it lives on after it ended.
Task<void> wait_and_stay(std::unique_ptr<Pulse>* pulse, upstream::Network* network, Notes* notes) {
  auto waiting = (*pulse)->wait_until(network->now() + 1s);
  const bool fired = co_await waiting;
  notes->push_back(fired ? "fired" : "ran out");
  co_await upstream::SleepUntil(*network, network->now() + 10s);
}

struct Loop {
  sim::World world;
  sim::SimulatedNetwork network{world, 1};
  Notes notes;
  wire::Instant start = network.now();
  std::unique_ptr<Pulse> pulse = std::make_unique<Pulse>(network);
  TaskSet tasks;

  void spawn(std::string name, wire::Duration patience) {
    tasks.spawn(wait(&*pulse, start + patience, std::move(name), &notes));
  }
};

}  // namespace

TEST_CASE("all who wait wake in the order in which they came, from the loop, at the instant of the pulse") {
  Loop loop;
  loop.spawn("a", 5s);
  loop.spawn("b", 3s);
  loop.spawn("c", 4s);
  loop.network.advance(1s);
  loop.pulse->fire();
  CHECK(loop.notes.empty());
  CHECK(loop.network.run());
  CHECK(loop.notes == Notes{"a fired", "b fired", "c fired"});
  CHECK(loop.network.now() - loop.start == 1s);
}

TEST_CASE("each has its own patience") {
  Loop loop;
  loop.spawn("a", 2s);
  loop.spawn("b", 1s);
  loop.network.advance(1s);
  CHECK(loop.notes == Notes{"b ran out"});
  loop.pulse->fire();
  loop.network.run();
  CHECK(loop.notes == Notes{"b ran out", "a fired"});
}

TEST_CASE("who comes after the pulse does not wait") {
  Loop loop;
  loop.pulse->fire();
  CHECK(loop.pulse->fired());
  loop.spawn("a", 5s);
  CHECK(loop.notes == Notes{"a fired"});
  CHECK(loop.network.alarms_set() == 0);
}

TEST_CASE("a pulse that goes leaves its waiters to their patience") {
  Loop loop;
  loop.spawn("a", 1s);
  loop.pulse.reset();
  loop.network.run();
  CHECK(loop.notes == Notes{"a ran out"});
}

TEST_CASE("a pulse that fired may go before its waiters wake") {
  Loop loop;
  loop.spawn("a", 1s);
  loop.pulse->fire();
  loop.pulse.reset();
  loop.network.run();
  CHECK(loop.notes == Notes{"a fired"});
}

TEST_CASE("a waiter that goes is not woken") {
  Loop loop;
  loop.spawn("a", 1s);
  loop.tasks.cancel_all();
  CHECK(loop.network.alarms_set() == 0);
  loop.spawn("b", 1s);
  loop.pulse->fire();
  loop.tasks.cancel_all();  // fired, not yet woken
  CHECK(loop.network.run());
  CHECK(loop.notes.empty());
}

TEST_CASE("a wait that ended by patience may outlive its pulse") {
  Loop loop;
  loop.tasks.spawn(wait_and_stay(&loop.pulse, &loop.network, &loop.notes));
  loop.network.advance(1s);
  CHECK(loop.notes == Notes{"ran out"});
  loop.pulse.reset();
  CHECK(loop.network.run());
  CHECK(loop.tasks.size() == 0);
}

TEST_CASE("the last instant of the patience belongs to who fires before the loop turns") {
  Loop loop;
  loop.spawn("a", 0s);
  loop.pulse->fire();
  loop.network.run();
  CHECK(loop.notes == Notes{"a fired"});
}
