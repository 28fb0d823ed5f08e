#include "server/uv_network.hpp"

#include <algorithm>
#include <utility>

#include "server/uv_tcp_exchange.hpp"
#include "server/uv_udp_exchange.hpp"

namespace shirube::server {

UvNetwork::UvNetwork(UvLoop& loop, const RouteState& routes, std::size_t max_sockets)
    : loop_(loop),
      routes_(routes),
      max_sockets_(max_sockets),
      scratch_(ExchangeHost::kScratchSize),
      sockets_(loop),
      timer_(loop, [this] { ring_due(); }) {}

// Exchanges hold alarms, which take themselves out of the queue: they go while everything is still there.
UvNetwork::~UvNetwork() { exchanges_.clear(); }

std::int64_t UvNetwork::wall_time() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::floor<std::chrono::seconds>(since_epoch).count();
}

void UvNetwork::do_set_alarm(upstream::Alarm& alarm) {
  alarms_.insert(alarm);
  if (!is_ringing_) arm_timer(wire::Duration::zero());
}

// The timer is left as it is: it finds nothing due, and looks for the next alarm.
void UvNetwork::do_cancel_alarm(upstream::Alarm& alarm) { alarms_.erase(alarm); }

void UvNetwork::arm_timer(wire::Duration least) {
  const auto next = alarms_.next();
  if (!next || (armed_for_ && *armed_for_ <= *next)) return;
  armed_for_ = next;
  // An alarm may be set for Instant::min(), from which nothing can be subtracted.
  const auto due = std::max(*next, now());
  timer_.start(std::max(due - now(), least));
}

void UvNetwork::ring_due() {
  armed_for_.reset();
  is_ringing_ = true;
  const auto until = now();
  // Each may do some cryptography before it waits again: packets get their turn in between.
  constexpr wire::Duration kMostAtOnce = std::chrono::milliseconds{2};
  // No more than were set before: one that sets itself again at once must not keep the loop from its sockets.
  for (auto left = alarms_.size(); left > 0; --left) {
    auto* const alarm = alarms_.take_due(until);
    if (alarm == nullptr) break;
    {
      const UvLoop::HeldClock held(loop_);
      ring(*alarm);
    }
    if (now() - until >= kMostAtOnce) break;
  }
  is_ringing_ = false;
  // A libuv timer that is started with zero by its own callback rings again before any I/O.
  arm_timer(std::chrono::milliseconds{1});
}

void UvNetwork::do_start_exchange(upstream::ExchangeRequest request, upstream::ExchangeWaiter& waiter) {
  const bool has_room = exchanges_.size() < max_sockets_;
  const bool is_udp = request.transport == upstream::Transport::Udp;
  ExchangeHost& host = *this;
  std::unique_ptr<UvExchange> exchange;
  if (is_udp) {
    exchange = std::make_unique<UvUdpExchange>(host, std::move(request), waiter);
  } else {
    exchange = std::make_unique<UvTcpExchange>(host, std::move(request), waiter);
  }
  auto& started = *exchange;
  exchanges_.emplace(&waiter, std::move(exchange));
  if (has_room) {
    started.start();
  } else {
    started.end_from_loop(upstream::ExchangeError::Local);
  }
}

void UvNetwork::do_cancel_exchange(upstream::ExchangeWaiter& waiter) { exchanges_.erase(&waiter); }

void UvNetwork::exchange_ended(upstream::ExchangeWaiter& waiter, upstream::ExchangeResult result) {
  exchanges_.erase(&waiter);
  deliver(waiter, std::move(result));
}

}  // namespace shirube::server
