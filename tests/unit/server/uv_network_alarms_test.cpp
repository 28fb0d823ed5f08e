#include <functional>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "exchange_fixture.hpp"

using namespace shirube;
using namespace shirube::server;
using std::chrono::milliseconds;

namespace {

struct TestAlarm final : upstream::Alarm {
  explicit TestAlarm(std::function<void()> action) : on_ring(std::move(action)) {}
  void ring() override { on_ring(); }
  std::function<void()> on_ring;
};

}  // namespace

TEST_CASE_METHOD(ExchangeFixture, "alarms ring in order and never early") {
  std::vector<int> order;
  const auto start = network.now();
  const auto late = start + milliseconds{8};
  wire::Instant rang{};
  TestAlarm third([&] { order.push_back(3), rang = network.now(); });
  TestAlarm second([&] { order.push_back(2); });
  TestAlarm first([&] { order.push_back(1); });
  network.set_alarm(second, start + milliseconds{5});
  network.set_alarm(third, late + wire::Duration{300});
  network.set_alarm(first, start + wire::Duration{700});
  run_until(loop, [&] { return order.size() == 3; });
  CHECK(order == std::vector{1, 2, 3});
  CHECK(rang >= late + wire::Duration{300});
}

TEST_CASE_METHOD(ExchangeFixture, "alarms of one instant ring in the order in which they were set") {
  std::vector<int> order;
  const auto when = network.now() + milliseconds{1};
  TestAlarm a([&] { order.push_back(1); });
  TestAlarm b([&] { order.push_back(2); });
  network.set_alarm(b, when);
  network.set_alarm(a, when);
  run_until(loop, [&] { return order.size() == 2; });
  CHECK(order == std::vector{2, 1});
}

TEST_CASE_METHOD(ExchangeFixture, "an alarm in the past rings from the loop, not within set_alarm") {
  bool rang = false;
  TestAlarm alarm([&] { rang = true; });
  network.set_alarm(alarm, network.now() - milliseconds{50});
  CHECK(!rang);
  CHECK(alarm.is_set());
  run_until(loop, [&] { return rang; });
  CHECK(!alarm.is_set());
}

TEST_CASE_METHOD(ExchangeFixture, "cancelled, moved and destroyed alarms do not ring at their old time") {
  int rang = 0;
  bool last = false;
  const auto soon = network.now() + milliseconds{1};
  TestAlarm cancelled([&] { ++rang; });
  TestAlarm moved([&] { ++rang; });
  TestAlarm end([&] { last = true; });
  auto destroyed = std::make_unique<TestAlarm>([&] { ++rang; });
  for (auto* alarm : {&cancelled, &moved, destroyed.get()}) network.set_alarm(*alarm, soon);
  network.cancel_alarm(cancelled);
  network.set_alarm(moved, network.now() + ExchangeFixture::kForever);
  destroyed.reset();
  network.set_alarm(end, soon + milliseconds{3});
  run_until(loop, [&] { return last; });
  CHECK(rang == 0);
}

TEST_CASE_METHOD(ExchangeFixture, "an alarm may destroy itself and others within ring()") {
  int rang = 0;
  auto victim = std::make_unique<TestAlarm>([&] { ++rang; });
  std::unique_ptr<TestAlarm> suicidal;
  suicidal = std::make_unique<TestAlarm>([&] {
    ++rang;
    victim.reset();
    suicidal.reset();
  });
  const auto when = network.now() + milliseconds{1};
  network.set_alarm(*suicidal, when);
  network.set_alarm(*victim, when);
  run_until(loop, [&] { return suicidal == nullptr; });
  run_passes(loop);
  CHECK(rang == 1);
}

TEST_CASE_METHOD(ExchangeFixture, "an alarm that always sets itself to now leaves the loop to others") {
  std::uint64_t rings = 0;
  bool other = false;
  TestAlarm eager([&] {
    ++rings;
    network.set_alarm(eager, network.now());
  });
  UvTimer timer(loop, [&] { other = true; });
  network.set_alarm(eager, network.now());
  timer.start(milliseconds{2});
  run_until(loop, [&] { return other && rings > 1; });
  CHECK(other);
}

TEST_CASE_METHOD(ExchangeFixture, "random bytes are not repeated and routes are those of the state") {
  wire::Bytes one(10'000);
  wire::Bytes two(10'000);
  network.fill_random(one);
  network.fill_random(two);
  CHECK(one != two);
  CHECK(std::count(one.begin(), one.end(), 0) < 200);  // 39 are expected
  CHECK(network.has_route(wire::Family::V4));
  CHECK(!network.has_route(wire::Family::V6));
  routes.set({.v4 = false, .v6 = true});
  CHECK(!network.has_route(wire::Family::V4));
  CHECK(network.has_route(wire::Family::V6));
}
