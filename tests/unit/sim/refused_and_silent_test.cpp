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
  std::optional<ExchangeError> hindrance = {};
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
  CHECK(asker.times_hindered <= 1);
  return {.error = error,
          .after = network.now() - start,
          .queries = world.queries(),
          .hindrance = asker.hindrance};
}

}  // namespace

TEST_CASE("a host that refuses a stream says so after one round trip") {
  CHECK(ask({.refuses = true}, Transport::Tcp) == End{.error = ExchangeError::Refused, .after = 10ms});
  CHECK(ask({.unreachable = true}, Transport::Tcp) ==
        End{.error = ExchangeError::Unreachable, .after = 10ms});
}

TEST_CASE("an ICMP error is told once, and the exchange uses up its patience") {
  const End silent{.error = ExchangeError::TimedOut, .after = 2s};
  auto refused = silent;
  refused.hindrance = ExchangeError::Refused;
  CHECK(ask({.refuses = true}, Transport::Udp) == refused);
  auto unreachable = silent;
  unreachable.hindrance = ExchangeError::Unreachable;
  CHECK(ask({.unreachable = true}, Transport::Udp) == unreachable);
}

TEST_CASE("a forged ICMP error does not keep the reply out") {
  CHECK(ask({.forged_icmp = true}, Transport::Udp) ==
        End{.error = {}, .after = 10ms, .queries = 1, .hindrance = ExchangeError::Refused});
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
