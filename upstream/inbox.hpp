// Inbox<T>: results of several tasks that run beside their consumer, in order of arrival, waited for with a
// limit.
// Threads:  the loop of the Network.
// Owns:     what was put and not yet taken. One consumer waits at a time; it must not be destroyed before its
//           tasks are cancelled.
#pragma once

#include <coroutine>
#include <optional>
#include <utility>
#include <vector>

#include "upstream/network.hpp"

namespace shirube::upstream {

template <class T>
class Inbox {
 public:
  explicit Inbox(Network& network) : network_(network) {}
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  class Next final : Alarm {
   public:
    Next(Inbox& inbox, wire::Instant until) : inbox_(inbox), until_(until) {}
    ~Next() override {
      if (inbox_.waiting_ == this) inbox_.waiting_ = nullptr;
    }
    [[nodiscard]] bool await_ready() const noexcept { return !inbox_.items_.empty(); }
    void await_suspend(std::coroutine_handle<> awaiting) {
      awaiting_ = awaiting;
      inbox_.waiting_ = this;
      inbox_.network_.set_alarm(*this, until_);
    }
    // nullopt: nothing came until then.
    std::optional<T> await_resume() {
      if (inbox_.items_.empty()) return std::nullopt;
      std::optional<T> item(std::move(inbox_.items_.front()));
      inbox_.items_.erase(inbox_.items_.begin());
      return item;
    }

   private:
    friend class Inbox;
    void ring() override {
      inbox_.waiting_ = nullptr;
      awaiting_.resume();
    }
    Inbox& inbox_;
    wire::Instant until_;
    std::coroutine_handle<> awaiting_;
  };

  template <class Item>
  void put(Item&& item) {
    items_.emplace_back(std::forward<Item>(item));
    // From the loop, so that the consumer may destroy whoever puts.
    if (waiting_ != nullptr) network_.set_alarm(*waiting_, wire::Instant::min());
  }
  [[nodiscard]] Next next(wire::Instant until) { return Next(*this, until); }

 private:
  friend class Next;
  Network& network_;
  std::vector<T> items_;  // rarely more than one
  Next* waiting_ = nullptr;
};

}  // namespace shirube::upstream
