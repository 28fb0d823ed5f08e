#include "upstream/server_memory.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace std::chrono_literals;
using upstream::ServerMemory;
using upstream::ServerState;
using wire::Instant;

namespace {

constexpr Instant kNow{24h};

[[nodiscard]] wire::Endpoint server(std::uint32_t number) {
  const auto octet = [number](unsigned shift) { return static_cast<std::uint8_t>(number >> shift); };
  return {wire::Address::v4(10, octet(16), octet(8), octet(0)), 53};
}

}  // namespace

TEST_CASE("failures are remembered 2 s, doubling to 60 s, and one reply forgets them") {
  ServerState state;
  auto now = kNow;
  for (const auto expected : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    upstream::note_failure(state, now, now);
    CHECK(state.down_until == now + expected);
    now = state.down_until + 1s;
  }
  upstream::note_reply(state, 10ms, now);
  CHECK(state.down_until < now);
  upstream::note_failure(state, now + 1s, now + 1s);
  CHECK(state.down_until == now + 3s);
}

TEST_CASE("a server that answered others meanwhile is not down because one name is slow") {
  ServerState state;
  upstream::note_reply(state, 10ms, kNow + 1s);
  upstream::note_failure(state, kNow, kNow + 5s);
  CHECK(state.down_until == Instant::min());
}

TEST_CASE("the time to ask another follows the measured time and its spread, within limits") {
  ServerState state;
  CHECK(upstream::hedge_after(state, 0) == 600ms);
  for (int i = 0; i < 50; ++i) upstream::note_reply(state, 20ms, kNow);
  CHECK(upstream::hedge_after(state, 0) == 150ms);
  CHECK(upstream::hedge_after(state, 1) == 300ms);
  CHECK(upstream::hedge_after(state, 9) == 1200ms);
}

TEST_CASE("a server that is known to be slow gets the time that it needs") {
  ServerState state;
  CHECK(upstream::overdue_after(state, 1'500ms) == 1'500ms);
  upstream::note_reply(state, 1'600ms, kNow);
  CHECK(upstream::hedge_after(state, 0) == 2s);
  CHECK(upstream::overdue_after(state, 1'500ms) > 2s);
  CHECK(upstream::overdue_after(state, 1'500ms) <= upstream::kMostPatience);
}

TEST_CASE("memory is bounded, and what is used survives a flood of servers") {
  ServerMemory memory;
  memory.at(server(0)).edns_worked = true;
  for (std::uint32_t i = 1; i < 100'000; ++i) {
    static_cast<void>(memory.at(server(i)));
    if (i % 1'000 == 0) CHECK(memory.at(server(0)).edns_worked);
  }
  CHECK(memory.size() <= upstream::kMaxRememberedServers);
}

TEST_CASE("a change of routes forgets failures, not speeds") {
  ServerMemory memory;
  upstream::note_reply(memory.at(server(1)), 30ms, kNow);
  upstream::note_failure(memory.at(server(1)), kNow + 1s, kNow + 1s);
  memory.forget_failures();
  CHECK(memory.at(server(1)).down_until == Instant::min());
  CHECK(memory.at(server(1)).smoothed_rtt == 30ms);
}

TEST_CASE("silence on a type that not all servers know is no failure of other lookups") {
  ServerState state;
  upstream::note_failure(state, kNow, kNow, upstream::Tells::OneType);
  CHECK(state.fails());
  CHECK(state.failures == 0);
  upstream::note_failure(state, kNow + 1s, kNow + 1s);
  CHECK(state.failures == 1);
}
