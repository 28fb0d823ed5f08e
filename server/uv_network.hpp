// UvNetwork: the real network behind the seam of upstream/network.hpp: alarms, exchanges and randomness of
// one worker.
// Threads:  the loop's.
// Owns:     the exchanges under way and their sockets. Alarms and waiters must be gone before it; whoever
//           still waits is not told.
// Units:    microseconds; alarms never ring early, and up to about a millisecond late.
// Rules:    see network.hpp; nothing is sent over a family only because has_route() says so: callers ask.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "server/routes.hpp"
#include "server/secure_random.hpp"
#include "server/uv_exchange.hpp"
#include "server/uv_handles.hpp"
#include "server/uv_loop.hpp"
#include "upstream/alarm_queue.hpp"
#include "upstream/network.hpp"

namespace shirube::server {

class UvNetwork final : public upstream::Network, private ExchangeHost {
 public:
  // A flood of names below dead servers holds one socket each until its patience ends (Subdomain DoS,
  // "NXNS"): without a limit it would take the descriptors that clients need to connect.
  static constexpr std::size_t kMaxUpstreamSockets = 5'120;
  // From this number of sockets each race holds only upstream::kMaxSocketsInCrowd, so that all lookups find
  // room.
  static constexpr std::size_t kCrowd = 512;

  UvNetwork(UvLoop& loop, const RouteState& routes, std::size_t max_sockets = kMaxUpstreamSockets);
  ~UvNetwork() override;

  [[nodiscard]] wire::Instant now() const override { return loop_.now(); }
  [[nodiscard]] std::int64_t wall_time() const override;
  void fill_random(wire::BytesSpan bytes) override { random_.fill(bytes); }
  [[nodiscard]] bool has_route(wire::Family family) const override { return routes_.has(family); }
  [[nodiscard]] bool is_crowded() const override { return exchanges_.size() >= kCrowd; }
  [[nodiscard]] std::size_t exchanges_under_way() const { return exchanges_.size(); }

 private:
  void do_set_alarm(upstream::Alarm& alarm) override;
  void do_cancel_alarm(upstream::Alarm& alarm) override;
  void do_start_exchange(upstream::ExchangeRequest request, upstream::ExchangeWaiter& waiter) override;
  void do_cancel_exchange(upstream::ExchangeWaiter& waiter) override;

  // ExchangeHost
  [[nodiscard]] UvLoop& loop() override { return loop_; }
  [[nodiscard]] upstream::Network& network() override { return *this; }
  [[nodiscard]] UvSocketSet& sockets() override { return sockets_; }
  [[nodiscard]] wire::BytesSpan scratch() override { return scratch_; }
  void exchange_ended(upstream::ExchangeWaiter& waiter, upstream::ExchangeResult result) override;
  void exchange_hindered(upstream::ExchangeWaiter& waiter, upstream::ExchangeError error) override {
    hinder(waiter, error);
  }

  void ring_due();
  void arm_timer(wire::Duration least);

  UvLoop& loop_;
  const RouteState& routes_;
  std::size_t max_sockets_;
  SecureRandom random_;
  wire::Bytes scratch_;
  UvSocketSet sockets_;
  upstream::AlarmQueue alarms_;
  UvTimer timer_;
  std::optional<wire::Instant> armed_for_;
  bool is_ringing_ = false;
  std::unordered_map<upstream::ExchangeWaiter*, std::unique_ptr<UvExchange>> exchanges_;
};

}  // namespace shirube::server
