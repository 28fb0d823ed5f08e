#include "upstream/task.hpp"

#include <memory>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/waiting.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Notes;
using upstream::Task;
using upstream::TaskSet;

namespace {

Task<void> store(Task<int> task, int* into) {
  const auto value = co_await task;
  *into = value;
}

// Each link waits for the next; the last sleeps.
Task<int> chain(upstream::Network* network, int depth) {
  if (depth == 0) {
    co_await upstream::SleepUntil(*network, network->now() + 1s);
    co_return 0;
  }
  auto next = chain(network, depth - 1);
  const auto below = co_await next;
  co_return below + 1;
}

Task<int> sum_of_immediate(int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    auto one = test::give(1);
    sum += co_await one;
  }
  co_return sum;
}

Task<int> sum_of_waiting(upstream::Network* network, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    auto one = test::give_after(network, 1us, 1);
    sum += co_await one;
  }
  co_return sum;
}

Task<std::unique_ptr<int>> give_pointer() { co_return std::make_unique<int>(7); }
Task<void> take_pointer(int* into) {
  auto task = give_pointer();
  const auto pointer = co_await task;
  *into = *pointer;
}

Task<void> note(Notes* notes) {
  notes->push_back("ran");
  co_return;
}

struct Loop {
  sim::World world;
  sim::SimulatedNetwork network{world, 1};
  int value = -1;
  TaskSet tasks;  // last: what waits goes before the network
};

}  // namespace

TEST_CASE("a task is lazy: nothing runs before somebody awaits it, and nothing at all when nobody does") {
  Notes notes;
  {
    const auto task = note(&notes);
    CHECK(notes.empty());
  }
  CHECK(notes.empty());
  TaskSet tasks;
  tasks.spawn(note(&notes));
  CHECK(notes == Notes{"ran"});
  CHECK(tasks.size() == 0);
}

TEST_CASE("a value comes back at once or after a wait, also one that can only be moved") {
  Loop loop;
  loop.tasks.spawn(store(test::give(5), &loop.value));
  CHECK(loop.value == 5);
  loop.tasks.spawn(store(test::give_after(&loop.network, 1s, 6), &loop.value));
  CHECK(loop.value == 5);
  CHECK(loop.tasks.size() == 1);
  loop.network.run();
  CHECK(loop.value == 6);
  CHECK(loop.tasks.size() == 0);
  loop.tasks.spawn(take_pointer(&loop.value));
  CHECK(loop.value == 7);
}

TEST_CASE("a chain of a thousand tasks gives its value through all of them") {
  Loop loop;
  loop.tasks.spawn(store(chain(&loop.network, 1000), &loop.value));
  CHECK(loop.value == -1);
  CHECK(loop.network.alarms_set() == 1);
  loop.network.run();
  CHECK(loop.value == 1000);
}

TEST_CASE("a hundred thousand waits in one loop end on the stack on which they began") {
  Loop loop;
  loop.tasks.spawn(store(sum_of_waiting(&loop.network, 100'000), &loop.value));
  loop.network.run();
  CHECK(loop.value == 100'000);
}

TEST_CASE("a loop over tasks that end at once") {
  // Control goes from task to task by tail calls; sanitizers and builds without them take a little stack each
  // time.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  constexpr int kCount = 100'000;
#else
  constexpr int kCount = 1'000;
#endif
  Loop loop;
  loop.tasks.spawn(store(sum_of_immediate(kCount), &loop.value));
  CHECK(loop.value == kCount);
}

TEST_CASE("destroying a task that waits takes its alarm back and the frames below it down, innermost first") {
  Loop loop;
  Notes notes;
  loop.tasks.spawn(store(chain(&loop.network, 10), &loop.value));
  loop.tasks.spawn(test::visit(&loop.network, 1s, "a", &notes));
  CHECK(loop.network.alarms_set() == 2);
  loop.tasks.cancel_all();
  CHECK(loop.network.alarms_set() == 0);
  CHECK(notes == Notes{"+a", "-a"});
  CHECK(loop.tasks.size() == 0);
  CHECK(loop.network.run());
  CHECK(loop.value == -1);
}

TEST_CASE("a moved task is one task, and assigning over one destroys it") {
  Loop loop;
  auto first = test::give(1);
  auto second = std::move(first);
  second = test::give(2);
  loop.tasks.spawn(store(std::move(second), &loop.value));
  CHECK(loop.value == 2);
}
