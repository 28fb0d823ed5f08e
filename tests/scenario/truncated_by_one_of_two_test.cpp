#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using upstream::Transport;

namespace {

constexpr std::array kServers{"192.0.2.1", "192.0.2.2"};
constexpr auto kOneWay = std::chrono::milliseconds{20};

// Two servers, each known to take 40 ms, that want TCP for what is asked from now on.
struct Home : test::IteratingHost {
  Home() {
    serve("example.", "* 300 A 192.0.2.9\n", {kServers[0], kServers[1]});
    for (const auto* server : kServers) host(server).link.delay = kOneWay;
    for (const auto* name : {"a.example.", "b.example.", "c.example.", "d.example.", "e.example."})
      REQUIRE(ask_and_wait(name).noerror());
    for (const auto* server : kServers) host(server).faults.truncates = true;
    before = sent();
  }
  [[nodiscard]] bool has_begun_stream() {
    return std::ranges::find(network.sent(), Transport::Tcp, &sim::SimulatedNetwork::Sent::transport) !=
           network.sent().end();
  }
  std::size_t before = 0;
};

}  // namespace

// A stream takes two round trips more: longer than a reply may take before the next server is asked.
TEST_CASE("who says by TC to come by TCP is not late: nobody else is asked meanwhile") {
  Home home;
  const auto& client = home.ask_and_wait("large.example.");
  CHECK(client.records() == 1);
  CHECK(client.waited == 6 * kOneWay);
  CHECK(home.sent() == home.before + 2);
  CHECK(home.quiet());
}

TEST_CASE("a server that falls silent when asked by TCP does not hold up the answer") {
  Home home;
  const auto& client = home.ask("large.example.");
  home.network.run_until([&] { return home.has_begun_stream(); });
  REQUIRE(home.has_begun_stream());
  home.world.host(home.network.sent().back().server)->faults.silent = true;
  home.network.run_until([&] { return client.got.has_value(); });
  CHECK(client.records() == 1);
  CHECK(client.waited < std::chrono::milliseconds{400});
  CHECK(home.sent() == home.before + 4);
}

TEST_CASE("a forwarder that wants TCP is not late, either") {
  test::ResolvingHost home({test::kFirst, test::kSecond});
  home.world.add_zone("example.", "@ 300 SOA ns a 1 1 1 1 60\n* 300 A 192.0.2.9\n");
  for (const auto forwarder : {test::kFirst, test::kSecond}) home.host(forwarder).link.delay = 3 * kOneWay;
  for (const auto* name : {"a.example.", "b.example.", "c.example.", "d.example.", "e.example."})
    REQUIRE(home.ask_and_wait(name).noerror());
  for (const auto forwarder : {test::kFirst, test::kSecond}) home.host(forwarder).faults.truncates = true;
  const auto before = home.sent();
  CHECK(home.ask_and_wait("large.example.").records() == 1);
  CHECK(home.sent() == before + 2);
}
