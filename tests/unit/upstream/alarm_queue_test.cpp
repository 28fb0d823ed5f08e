// AlarmQueue against a sorted list of the same alarms.
#include "upstream/alarm_queue.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"

using namespace shirube;
using namespace std::chrono_literals;

namespace {

struct Bell : upstream::Alarm {
  explicit Bell(std::vector<int>& rung, int number) : rung_(rung), number_(number) {}
  void ring() override { rung_.push_back(number_); }

 private:
  std::vector<int>& rung_;
  int number_;
};

}  // namespace

TEST_CASE("alarms ring in the order of their times, and of one time in the order in which they were set") {
  std::mt19937 random(GENERATE(1, 2, 3, 4));
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  const auto begin = network.now();
  std::vector<int> rung;
  std::deque<Bell> bells;
  struct Set {
    wire::Duration after;
    int order;
    int number;
  };
  std::vector<Set> expected;
  int order = 0;
  for (int number = 0; number < 300; ++number) bells.emplace_back(rung, number);
  for (int step = 0; step < 3'000; ++step) {
    const int number = static_cast<int>(random() % bells.size());
    std::erase_if(expected, [number](const Set& set) { return set.number == number; });
    auto& bell = bells[static_cast<std::size_t>(number)];
    if (random() % 3 == 0) {
      network.cancel_alarm(bell);
      CHECK_FALSE(bell.is_set());
    } else {
      const auto after = std::chrono::milliseconds(1 + random() % 40);
      network.set_alarm(bell, begin + after);
      expected.push_back({after, order++, number});
    }
  }
  std::ranges::sort(expected, [](const Set& a, const Set& b) {
    return a.after != b.after ? a.after < b.after : a.order < b.order;
  });
  network.run();
  REQUIRE(rung.size() == expected.size());
  CHECK(std::ranges::equal(rung, expected, {}, {}, &Set::number));
}

TEST_CASE("an empty queue has nothing due") {
  upstream::AlarmQueue queue;
  CHECK(queue.empty());
  CHECK_FALSE(queue.next());
  CHECK(queue.take_due(wire::Instant::max()) == nullptr);
}
