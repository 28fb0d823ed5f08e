// A UvNetwork on a loop, and a waiter that remembers how its exchange ended.
// Threads:  the test's.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "loop_fixture.hpp"
#include "server/uv_network.hpp"

namespace shirube::server {

struct RecordingWaiter final : upstream::ExchangeWaiter {
  std::optional<upstream::ExchangeResult> result;
  std::function<void()> then = [] {};
  std::optional<upstream::ExchangeError> hindrance;

  void hindered(upstream::ExchangeError error) override {
    REQUIRE(!hindrance.has_value());  // at most once
    hindrance = error;
  }

  void ended(upstream::ExchangeResult ended_with) override {
    REQUIRE(!result.has_value());  // always once
    result = std::move(ended_with);
    then();
  }
  [[nodiscard]] upstream::ExchangeError error() const {
    REQUIRE(result.has_value());
    REQUIRE(!result->has_value());
    return result->error();
  }
  [[nodiscard]] const wire::Bytes& bytes() const {
    REQUIRE(result.has_value());
    REQUIRE(result->has_value());
    return (*result)->bytes;
  }
};

struct ExchangeFixture {
  static constexpr wire::Duration kForever = std::chrono::hours{1};
  static constexpr wire::Duration kBriefly = std::chrono::milliseconds{20};

  UvLoop loop;
  RouteState routes{{.v4 = true, .v6 = false}};
  UvNetwork network{loop, routes, 8};

  void ask(RecordingWaiter& waiter, upstream::Transport transport, const wire::Endpoint& server,
           wire::Duration patience = kForever) {
    network.start_exchange(
        {.server = server, .transport = transport, .query = make_query(7), .patience = patience}, waiter);
    REQUIRE(!waiter.result);  // never within the call
  }
  void run_until_ended(const RecordingWaiter& waiter) {
    run_until(loop, [&] { return waiter.result.has_value(); });
  }
};

}  // namespace shirube::server
