#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using test::ResolvingHost;

namespace {

constexpr auto kNames = "* 300 A 192.0.2.80\n*.dept 300 A 192.0.2.81\n";

void slow_down(test::AskingHost& home, std::string_view server, wire::Duration by) {
  home.host(server).link.delay = by / 2;
}

}  // namespace

// The question is repeated every 1.75 s: after an outage a server that was slow may be quick.
TEST_CASE("an authority that needs seconds for each answer is heard, and costs one packet for each 1.75 s") {
  for (const auto delay : {1'600ms, 2'500ms, 4'000ms}) {
    INFO(delay.count());
    IteratingHost home;
    home.serve("example.", kNames, {"192.0.2.1"});
    slow_down(home, "192.0.2.1", delay);
    const auto& client = home.ask_and_wait("www.example.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited <= delay + 50ms);
    CHECK(home.sent_to("192.0.2.1") <= 5);
    for (int i = 0; i < 8; ++i) {
      const auto before = home.sent_to("192.0.2.1");
      CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
      CHECK(home.sent_to("192.0.2.1") <= before + 1 + static_cast<std::size_t>(delay / 1'750ms));
    }
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("of several slow authorities each question costs about one packet") {
  IteratingHost home;
  home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2", "192.0.2.3"});
  for (const auto server : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) slow_down(home, server, 1'600ms);
  for (int i = 0; i < 6; ++i)
    CHECK(test::got_address(home.ask_and_wait(fmt::format("a{}.example.", i)), "192.0.2.80"));
  const auto before = home.sent();
  for (int i = 0; i < 20; ++i)
    CHECK(test::got_address(home.ask_and_wait(fmt::format("b{}.example.", i)), "192.0.2.80"));
  CHECK(home.sent() - before <= 22);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a slow zone is still asked by shortened names") {
  for (const auto delay : {1'600ms, 2'500ms}) {
    INFO(delay.count());
    IteratingHost home;
    home.serve("example.", kNames, {"192.0.2.1"});
    slow_down(home, "192.0.2.1", delay);
    home.ask("host.dept.example.");
    home.network.run();
    for (const auto& sent : home.network.sent()) {
      if (sent.when < home.network.sent()[0].when + delay)
        CHECK(wire::read_name(sent.query, wire::kHeaderSize)->name.label_count() <= 2);
    }
    CHECK(test::got_address(home.ask_and_wait("host.dept.example."), "192.0.2.81"));
    CHECK(home.quiet());
  }
}

TEST_CASE("a slow authority is heard beside dead ones") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    IteratingHost home({.seed = seed});
    home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"});
    for (const auto server : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) home.host(server).faults.silent = true;
    slow_down(home, "192.0.2.4", 1'600ms);
    CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a slow authority whose first reply is lost is heard on the next try") {
  IteratingHost home;
  home.serve("example.", kNames, {"192.0.2.1"});
  slow_down(home, "192.0.2.1", 2'500ms);
  home.host("192.0.2.1").faults.silent = true;
  const auto& client = home.ask("www.example.");
  home.network.advance(1'300ms);
  home.host("192.0.2.1").faults.silent = false;
  home.network.run_until([&] { return client.got.has_value(); });
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("an authority that is slow after an outage is heard again") {
  for (const bool was_quick : {false, true}) {
    for (const auto delay : {1'600ms, 2'500ms, 4'000ms}) {
      INFO(was_quick << " " << delay.count());
      IteratingHost home;
      home.serve("example.", kNames, {"192.0.2.1"});
      if (was_quick) CHECK(test::got_address(home.ask_and_wait("before.example."), "192.0.2.80"));
      home.host("192.0.2.1").faults.silent = true;
      for (int i = 0; i < 3; ++i) {
        CHECK(!test::got_address(home.ask_and_wait(fmt::format("out{}.example.", i)), "192.0.2.80"));
        home.network.advance(10s);
      }
      home.host("192.0.2.1").faults.silent = false;
      slow_down(home, "192.0.2.1", delay);
      // The client asks again, as mail servers and browsers do.
      const auto since = home.network.now();
      while (!test::got_address(home.ask_and_wait("www.example."), "192.0.2.80") &&
             home.network.now() < since + 70s)
        home.network.advance(1s);
      CHECK(home.network.now() <= since + 12s);
      for (int i = 0; i < 8; ++i)
        CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("a slow authority that truncates is heard over TCP") {
  IteratingHost home;
  home.serve("example.", kNames, {"192.0.2.1"});
  slow_down(home, "192.0.2.1", 1'600ms);
  home.host("192.0.2.1").faults.truncates = true;
  home.ask_and_wait("www.example.");
  home.network.advance(10s);
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a slow forwarder is heard, and then costs one packet a question") {
  for (const auto delay : {1'600ms, 2'500ms, 4'000ms}) {
    ResolvingHost home({test::kFirst});
    home.world.add_zone("example.", kNames);
    slow_down(home, test::kFirst, delay);
    CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
    for (int i = 0; i < 8; ++i) {
      const auto before = home.sent();
      CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
      CHECK(home.sent() == before + 1);
    }
    CHECK(home.quiet());
  }
}

TEST_CASE("a race holds a bounded number of sockets, and few while the network is crowded") {
  for (const std::size_t most : {std::size_t{16}, std::size_t{3}}) {
    IteratingHost home;
    if (most == 3) home.network.set_crowd(0);
    home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"});
    for (const auto server : {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"})
      home.host(server).faults.silent = true;
    home.ask("www.example.");
    std::size_t seen = 0;
    for (int i = 0; i < 1'200; ++i) {
      home.network.advance(10ms);
      seen = std::max(seen, home.network.exchanges_in_flight());
    }
    CHECK(seen <= most);
    CHECK(home.sent() <= 2 + 16);
    CHECK(home.quiet());
  }
}
