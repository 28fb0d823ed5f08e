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

// One answer of over 512 and under 1232 octets.
struct Wide {
  sim::World world;
  sim::Host* host;
  sim::SimulatedNetwork network;

  Wide() : host(&fill(world)), network(world, 1) {}

 private:
  static sim::Host& fill(sim::World& world) {
    std::string text = "@ 60 SOA ns h 1 2 3 4 60\n";
    for (int i = 0; i < 10; ++i)
      text += "big 60 TXT \"" + std::string(70, static_cast<char>('a' + i)) + "\"\n";
    return world.add_host("192.0.2.53", sim::Role::Authority, {world.add_zone("a.example", text)});
  }
};

[[nodiscard]] wire::Header ask(Wide& wide, const wire::Bytes& bytes, Transport transport,
                               wire::Duration* took = nullptr) {
  Asker asker;
  wide.network.start_exchange(to_server("192.0.2.53", bytes, transport, 1min), asker);
  wide.network.run();
  REQUIRE(asker.has_reply());
  if (took != nullptr) *took = (*asker.result)->took;
  return asker.header();
}

}  // namespace

TEST_CASE("an answer larger than the asker's size is truncated over UDP, and whole over TCP") {
  Wide wide;
  const auto plain = ask(wide, query("big.a.example", {.type = wire::Type::TXT}), Transport::Udp);
  CHECK(plain.tc);
  CHECK(plain.answer_count == 0);
  const auto edns =
      ask(wide, query("big.a.example", {.type = wire::Type::TXT, .edns_size = 1232}), Transport::Udp);
  CHECK_FALSE(edns.tc);
  CHECK(edns.answer_count == 10);
  const auto small_edns =
      ask(wide, query("big.a.example", {.type = wire::Type::TXT, .edns_size = 100}), Transport::Udp);
  CHECK(small_edns.tc);
  const auto tcp = ask(wide, query("big.a.example", {.type = wire::Type::TXT}), Transport::Tcp);
  CHECK_FALSE(tcp.tc);
  CHECK(tcp.answer_count == 10);
  CHECK(wide.host->udp_queries == 3);
  CHECK(wide.host->tcp_queries == 1);
  CHECK(wide.world.queries() == 4);
}

TEST_CASE("TCP costs one round trip more") {
  Wide wide;
  wide.host->link.delay = 7ms;
  wire::Duration took{};
  static_cast<void>(ask(wide, query("a.example"), Transport::Udp, &took));
  CHECK(took == 14ms);
  static_cast<void>(ask(wide, query("a.example"), Transport::Tcp, &took));
  CHECK(took == 28ms);
}

TEST_CASE("over TCP loss turns into delay") {
  Wide wide;
  wide.host->link.loss = 0.3;
  wire::Duration longest{};
  for (int i = 0; i < 20; ++i) {
    wire::Duration took{};
    static_cast<void>(ask(wide, query("a.example"), Transport::Tcp, &took));
    longest = std::max(longest, took);
  }
  CHECK(longest > 200ms);
}

TEST_CASE("a host without TCP refuses it after one round trip") {
  Wide wide;
  wide.host->faults.no_tcp = true;
  Asker asker;
  const auto start = wide.network.now();
  wide.network.start_exchange(to_server("192.0.2.53", query("a.example"), Transport::Tcp), asker);
  wide.network.run();
  CHECK(asker.failed_with(ExchangeError::Refused));
  CHECK(wide.network.now() - start == 10ms);
  CHECK_FALSE(ask(wide, query("a.example"), Transport::Udp).tc);
}
