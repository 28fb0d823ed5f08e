#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/waiting.hpp"
#include "upstream/task.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::give;
using test::give_after;
using upstream::all_of;
using upstream::Task;
using upstream::TaskSet;
using Results = std::vector<int>;

namespace {

Task<void> gather(std::vector<Task<int>> tasks, Results* into) {
  auto results = co_await all_of(std::move(tasks));
  into->insert(into->end(), results.begin(), results.end());
}

// Many rounds, each with children that wait.
Task<void> gather_rounds(upstream::Network* network, int rounds, int* sum) {
  for (int i = 0; i < rounds; ++i) {
    std::vector<Task<int>> tasks;
    tasks.push_back(give_after(network, 1ms, 1));
    tasks.push_back(give(2));
    const auto results = co_await all_of(std::move(tasks));
    *sum += results[0] + results[1];
  }
}

Task<int> gather_inner(upstream::Network* network) {
  std::vector<Task<int>> tasks;
  tasks.push_back(give_after(network, 2ms, 1));
  tasks.push_back(give_after(network, 1ms, 2));
  const auto results = co_await all_of(std::move(tasks));
  co_return results[0] * 10 + results[1];
}

struct Loop {
  sim::World world;
  sim::SimulatedNetwork network{world, 1};
  Results results;
  TaskSet tasks;
};

}  // namespace

TEST_CASE("results come in the order of the tasks, not of their ends") {
  Loop loop;
  std::vector<Task<int>> tasks;
  tasks.push_back(give_after(&loop.network, 3s, 1));
  tasks.push_back(give(2));
  tasks.push_back(give_after(&loop.network, 1s, 3));
  const auto start = loop.network.now();
  loop.tasks.spawn(gather(std::move(tasks), &loop.results));
  CHECK(loop.results.empty());
  loop.network.advance(2s);
  CHECK(loop.results.empty());
  loop.network.run();
  CHECK(loop.results == Results{1, 2, 3});
  CHECK(loop.network.now() - start == 3s);  // beside each other, not one after the other
  CHECK(loop.tasks.size() == 0);
}

TEST_CASE("tasks that all end at once need no loop") {
  Loop loop;
  std::vector<Task<int>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(give(i));
  loop.tasks.spawn(gather(std::move(tasks), &loop.results));
  CHECK(loop.results == Results{0, 1, 2});
}

TEST_CASE("no tasks give no results, at once") {
  Loop loop;
  loop.tasks.spawn(gather({}, &loop.results));
  CHECK(loop.tasks.size() == 0);
  CHECK(loop.results.empty());
}

TEST_CASE("gathers may be nested") {
  Loop loop;
  std::vector<Task<int>> tasks;
  tasks.push_back(gather_inner(&loop.network));
  tasks.push_back(give(3));
  tasks.push_back(gather_inner(&loop.network));
  loop.tasks.spawn(gather(std::move(tasks), &loop.results));
  loop.network.run();
  CHECK(loop.results == Results{12, 3, 12});
}

TEST_CASE("ten thousand rounds, one after the other") {
  Loop loop;
  int sum = 0;
  loop.tasks.spawn(gather_rounds(&loop.network, 10'000, &sum));
  loop.network.run();
  CHECK(sum == 30'000);
  CHECK(loop.tasks.size() == 0);
}

TEST_CASE("destroying who gathers cancels the children that still wait") {
  Loop loop;
  std::vector<Task<int>> tasks;
  tasks.push_back(give_after(&loop.network, 1s, 1));
  tasks.push_back(give_after(&loop.network, 3s, 2));
  tasks.push_back(gather_inner(&loop.network));
  loop.tasks.spawn(gather(std::move(tasks), &loop.results));
  loop.network.advance(2s);
  CHECK(loop.network.alarms_set() == 1);
  loop.tasks.cancel_all();
  CHECK(loop.network.alarms_set() == 0);
  CHECK(loop.network.run());
  CHECK(loop.results.empty());
}
