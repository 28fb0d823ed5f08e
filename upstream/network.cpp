#include "upstream/network.hpp"

#include <array>
#include <utility>

namespace shirube::upstream {

std::string_view to_text(ExchangeError error) {
  switch (error) {
    case ExchangeError::TimedOut:
      return "timed out";
    case ExchangeError::Refused:
      return "connection refused";
    case ExchangeError::Unreachable:
      return "unreachable";
    case ExchangeError::NearMisses:
      return "too many replies that almost matched";
    case ExchangeError::Closed:
      return "connection closed early";
    case ExchangeError::Local:
      return "local resource failure";
    case ExchangeError::Malformed:
      return "sent a malformed reply";
  }
  return "unknown";
}

Alarm::~Alarm() {
  if (network_ != nullptr) network_->cancel_alarm(*this);
}

ExchangeWaiter::~ExchangeWaiter() {
  if (network_ != nullptr) network_->cancel_exchange(*this);
}

void Network::set_alarm(Alarm& alarm, wire::Instant when) {
  cancel_alarm(alarm);
  alarm.network_ = this;
  alarm.when_ = when;
  alarm.sequence_ = next_sequence_++;
  do_set_alarm(alarm);
}

void Network::cancel_alarm(Alarm& alarm) {
  if (alarm.network_ == nullptr) return;
  alarm.network_->do_cancel_alarm(alarm);
  alarm.network_ = nullptr;
}

void Network::ring(Alarm& alarm) {
  alarm.network_ = nullptr;
  alarm.ring();
}

void Network::start_exchange(ExchangeRequest request, ExchangeWaiter& waiter) {
  cancel_exchange(waiter);
  waiter.network_ = this;
  do_start_exchange(std::move(request), waiter);
}

void Network::cancel_exchange(ExchangeWaiter& waiter) {
  if (waiter.network_ == nullptr) return;
  std::exchange(waiter.network_, nullptr)->do_cancel_exchange(waiter);
}

void Network::deliver(ExchangeWaiter& waiter, ExchangeResult result) {
  waiter.network_ = nullptr;
  waiter.ended(std::move(result));
}

std::uint16_t Network::random_u16() {
  std::array<std::uint8_t, 2> bytes{};
  fill_random(bytes);
  return wire::read_u16(bytes.data());
}

std::uint32_t Network::random_below(std::uint32_t bound) {
  std::array<std::uint8_t, 4> bytes{};
  // Multiply-shift; its bias is below bound / 2^32, which nobody can use here.
  fill_random(bytes);
  return static_cast<std::uint32_t>((std::uint64_t{wire::read_u32(bytes.data())} * bound) >> 32);
}

}  // namespace shirube::upstream
