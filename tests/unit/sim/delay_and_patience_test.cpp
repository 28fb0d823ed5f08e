#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Asker;
using test::query;
using test::to_server;
using upstream::ExchangeError;
using upstream::Transport;

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

TEST_CASE("a reply takes two link delays, and no time of its own") {
  OneHost one;
  one.host->link.delay = 40ms;
  Asker asker;
  one.network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  CHECK_FALSE(asker.result.has_value());  // never from within the call
  CHECK(one.network.exchanges_in_flight() == 1);
  CHECK(one.network.run());
  REQUIRE(asker.has_reply());
  CHECK((*asker.result)->took == 80ms);
  CHECK(one.network.exchanges_in_flight() == 0);
  CHECK(one.network.sent().size() == 1);
}

TEST_CASE("what comes after the patience comes to nobody") {
  OneHost one;
  one.host->link.delay = 300ms;
  Asker asker;
  const auto start = one.network.now();
  one.network.start_exchange(to_server("192.0.2.53", query("a.example"), Transport::Udp, 500ms), asker);
  one.network.run_until([&] { return asker.result.has_value(); });
  CHECK(asker.failed_with(ExchangeError::TimedOut));
  CHECK(one.network.now() - start == 500ms);
  one.network.run();
  CHECK(asker.times_ended == 1);
}

TEST_CASE("a reply at the very end of the patience is still taken") {
  OneHost one;
  one.host->link.delay = 250ms;
  Asker asker;
  one.network.start_exchange(to_server("192.0.2.53", query("a.example"), Transport::Udp, 500ms), asker);
  one.network.run();
  CHECK(asker.has_reply());
}

TEST_CASE("jitter lets a later packet overtake an earlier one") {
  OneHost one;
  one.host->link.jitter = 50ms;
  std::vector<Asker> askers(10);
  std::vector<wire::Duration> took;
  for (auto& asker : askers) one.network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  one.network.run();
  for (auto& asker : askers) {
    REQUIRE(asker.has_reply());
    took.push_back((*asker.result)->took);
    CHECK(took.back() >= 10ms);
    CHECK(took.back() < 110ms);
  }
  CHECK_FALSE(std::is_sorted(took.begin(), took.end()));
}

TEST_CASE("run stops at its limit and advance lets exactly so much time pass") {
  OneHost one;
  one.host->faults.silent = true;
  Asker asker;
  const auto start = one.network.now();
  one.network.start_exchange(to_server("192.0.2.53", query("a.example")), asker);
  CHECK_FALSE(one.network.run(1s));
  CHECK(one.network.now() - start == 1s);
  one.network.advance(999ms);
  CHECK_FALSE(asker.result.has_value());
  one.network.advance(1ms);
  CHECK(asker.failed_with(ExchangeError::TimedOut));
  one.network.advance(5s);
  CHECK(one.network.now() - start == 7s);
  CHECK(one.network.run());
  CHECK(one.network.now() - start == 7s);
}
