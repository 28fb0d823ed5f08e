// What a coroutine can wait for: an instant, an exchange, a pulse.
// Threads:  the loop of the Network.
// Owns:     awaiters live in the awaiting frame; when that goes, they cancel.
#pragma once

#include <coroutine>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "upstream/network.hpp"

namespace shirube::upstream {

class SleepUntil final : Alarm {
 public:
  SleepUntil(Network& network, wire::Instant when) : network_(network), when_(when) {}
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) {
    awaiting_ = awaiting;
    network_.set_alarm(*this, when_);
  }
  void await_resume() const noexcept {}

 private:
  void ring() override { awaiting_.resume(); }
  Network& network_;
  wire::Instant when_;
  std::coroutine_handle<> awaiting_;
};

class Exchange final : ExchangeWaiter {
 public:
  // `on_hindered`: borrowed; called from the loop while the exchange goes on.
  using OnHindered = std::function<void(ExchangeError)>;
  Exchange(Network& network, ExchangeRequest request, const OnHindered* on_hindered = nullptr)
      : network_(network), request_(std::move(request)), on_hindered_(on_hindered) {}
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) {
    awaiting_ = awaiting;
    network_.start_exchange(std::move(request_), *this);
  }
  // Resumed by ended(), which has set it. NOLINTNEXTLINE(bugprone-unchecked-optional-access)
  ExchangeResult await_resume() { return std::move(*result_); }

 private:
  void ended(ExchangeResult result) override {
    result_ = std::move(result);
    awaiting_.resume();
  }
  void hindered(ExchangeError error) override {
    if (on_hindered_ != nullptr && *on_hindered_) (*on_hindered_)(error);
  }
  Network& network_;
  ExchangeRequest request_;
  const OnHindered* on_hindered_;
  std::optional<ExchangeResult> result_;
  std::coroutine_handle<> awaiting_;
};

// Pulse: an event that happens once; any number may wait for it, each with its own patience.
class Pulse {
 public:
  explicit Pulse(Network& network) : network_(network) {}
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;
  ~Pulse() {
    for (auto* waiter : waiters_) waiter->let_go(false);
  }

  class Wait final : Alarm {
   public:
    Wait(Pulse& pulse, wire::Instant until) : pulse_(&pulse), until_(until) {}
    ~Wait() override {
      if (pulse_ != nullptr) pulse_->forget(this);
    }
    [[nodiscard]] bool await_ready() noexcept {
      if (!pulse_->fired_) return false;
      let_go(true);
      return true;
    }
    void await_suspend(std::coroutine_handle<> awaiting) {
      awaiting_ = awaiting;
      pulse_->waiters_.push_back(this);
      pulse_->network_.set_alarm(*this, until_);
    }
    // True: the pulse fired. False: `until` came first.
    [[nodiscard]] bool await_resume() const noexcept { return fired_; }

   private:
    friend class Pulse;
    void ring() override {
      if (pulse_ != nullptr) {
        pulse_->forget(this);
        let_go(false);
      }
      awaiting_.resume();
    }
    // However it ended: from here on the pulse may go before the wait does.
    void let_go(bool fired) {
      pulse_ = nullptr;
      fired_ = fired;
    }
    Pulse* pulse_;
    wire::Instant until_;
    std::coroutine_handle<> awaiting_;
    bool fired_ = false;
  };
  friend class Wait;

  [[nodiscard]] Wait wait_until(wire::Instant until) { return Wait(*this, until); }
  [[nodiscard]] bool fired() const { return fired_; }
  [[nodiscard]] bool is_awaited() const { return !waiters_.empty(); }
  // Wakes all who wait, from the loop (an alarm that is due now), in the order in which they came.
  void fire() {
    fired_ = true;
    for (auto* waiter : std::exchange(waiters_, {})) {
      waiter->let_go(true);
      network_.set_alarm(*waiter, wire::Instant::min());
    }
  }

 private:
  void forget(Wait* waiter) { std::erase(waiters_, waiter); }
  Network& network_;
  std::vector<Wait*> waiters_;
  bool fired_ = false;
};

}  // namespace shirube::upstream
