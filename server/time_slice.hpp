// TimeSlice: how long one callback of a listener or a mailbox may work before others get their turn.
// Threads:  one loop.
// Units:    kTimeSlice of the clock that was handed in; tests hand in one that counts its readings.
// Cost:     a reading of the clock after each costly step, and after each kCheapSteps cheap ones.
#pragma once

#include <functional>
#include <utility>

#include "wire/time.hpp"

namespace shirube::server {

// Bounds what one client's costly queries take from the others (100 pipelined ones held a cached answer of
// another client for 27 s).
inline constexpr wire::Duration kTimeSlice = std::chrono::milliseconds{2};

// A timer for the loop's next pass. libuv rings a timer of zero again within the same pass; this one is due
// as soon as the loop looks at the clock again, for a slice takes longer.
inline constexpr wire::Duration kNextPass = std::chrono::milliseconds{1};

class TimeSlice {
 public:
  using Clock = std::function<wire::Instant()>;
  explicit TimeSlice(Clock clock) : clock_(std::move(clock)) {}

  void begin() {
    ends_ = clock_() + kTimeSlice;
    cheap_steps_ = 0;
  }
  [[nodiscard]] bool is_over() const { return clock_() >= ends_; }
  // After a step like a hit, many of which fit into a slice.
  [[nodiscard]] bool is_over_after_cheap_step() { return ++cheap_steps_ % kCheapSteps == 0 && is_over(); }

 private:
  static constexpr unsigned kCheapSteps = 8;
  Clock clock_;
  wire::Instant ends_{};
  unsigned cheap_steps_ = 0;
};

}  // namespace shirube::server
