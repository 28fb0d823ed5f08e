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

struct End {
  std::optional<ExchangeError> error;
  wire::Duration after{};
  std::uint64_t queries = 0;
  friend bool operator==(const End&, const End&) = default;
};

[[nodiscard]] End ask(sim::Faults faults, Transport transport, std::string_view server = "192.0.2.53") {
  sim::World world;
  world.add_host("192.0.2.53", sim::Role::Authority, {world.add_zone("a.example", "@ A 192.0.2.1\n")})
      .faults = faults;
  sim::SimulatedNetwork network(world, 1);
  const auto start = network.now();
  Asker asker;
  network.start_exchange(to_server(server, query("a.example"), transport), asker);
  network.run();
  REQUIRE(asker.times_ended == 1);
  const auto error = asker.has_reply() ? std::nullopt : std::optional(asker.result->error());
  return {.error = error, .after = network.now() - start, .queries = world.queries()};
}

}  // namespace

TEST_CASE("a host that refuses says so after one round trip") {
  for (const auto transport : {Transport::Udp, Transport::Tcp}) {
    CHECK(ask({.refuses = true}, transport) == End{.error = ExchangeError::Refused, .after = 10ms});
    CHECK(ask({.unreachable = true}, transport) == End{.error = ExchangeError::Unreachable, .after = 10ms});
  }
}

TEST_CASE("a silent host and an address without a host use up the patience") {
  for (const auto transport : {Transport::Udp, Transport::Tcp}) {
    CHECK(ask({.silent = true}, transport) == End{.error = ExchangeError::TimedOut, .after = 2s});
    CHECK(ask({}, transport, "192.0.2.99") == End{.error = ExchangeError::TimedOut, .after = 2s});
  }
}

TEST_CASE("an honest host counts and answers") {
  CHECK(ask({}, Transport::Udp) == End{.error = {}, .after = 10ms, .queries = 1});
  CHECK(ask({}, Transport::Tcp) == End{.error = {}, .after = 20ms, .queries = 1});
}
