#include <memory>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/waiting.hpp"
#include "upstream/task.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Notes;
using upstream::Task;
using upstream::TaskSet;

namespace {

Task<void> spawn_another(TaskSet* tasks, upstream::Network* network, Notes* notes) {
  tasks->spawn(test::visit(network, 1s, "child", notes));
  notes->push_back("parent");
  co_return;
}

// Notes how many are left when it has ended: its locals go before the set may report that it is empty.
struct CountsOnLeaving {
  TaskSet* tasks;
  std::size_t* seen;
  ~CountsOnLeaving() { *seen = tasks->size(); }
};
Task<void> count_on_leaving(TaskSet* tasks, std::size_t* seen) {
  const CountsOnLeaving counts{tasks, seen};
  co_return;
}

}  // namespace

TEST_CASE("tasks of a set run beside each other and leave it one by one") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  Notes notes;
  TaskSet tasks;
  tasks.spawn(test::visit(&network, 2s, "slow", &notes));
  tasks.spawn(test::visit(&network, 1s, "fast", &notes));
  CHECK(tasks.size() == 2);
  network.advance(1s);
  CHECK(tasks.size() == 1);
  network.run();
  CHECK(tasks.size() == 0);
  CHECK(notes == Notes{"+slow", "+fast", "=fast", "-fast", "=slow", "-slow"});
}

TEST_CASE("destroying the set cancels all that wait") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  Notes notes;
  {
    TaskSet tasks;
    tasks.spawn(test::visit(&network, 2s, "a", &notes));
  }
  CHECK(network.alarms_set() == 0);
  network.run();
  CHECK(notes == Notes{"+a", "-a"});
}

TEST_CASE("a task may spawn into its own set") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  Notes notes;
  TaskSet tasks;
  tasks.spawn(spawn_another(&tasks, &network, &notes));
  CHECK(tasks.size() == 1);
  network.run();
  CHECK(notes == Notes{"+child", "parent", "=child", "-child"});
}

TEST_CASE("a task's locals are gone before it has left the set") {
  TaskSet tasks;
  std::size_t seen = 0;
  tasks.spawn(count_on_leaving(&tasks, &seen));
  CHECK(seen == 1);
  CHECK(tasks.size() == 0);
}
