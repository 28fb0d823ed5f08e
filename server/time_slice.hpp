// TimeSlice: the time that one callback of a listener or a mailbox may work before others run.
// Threads:  one loop.
// Units:    kTimeSlice of the clock that was handed in; tests hand in one that counts its readings.
// Cost:     a reading of the clock after each costly step, and after each kCheapSteps cheap ones.
#pragma once

#include <functional>
#include <utility>

#include "wire/time.hpp"

namespace shirube::server {

// Bounds the delay of other clients by one client's costly queries (100 pipelined ones delayed another
// client's cached answer by 27 s).
inline constexpr wire::Duration kTimeSlice = std::chrono::milliseconds{2};

// A timer for the loop's next pass. libuv may run a timer of zero within the same pass. This one is due when
// the loop reads the clock again, because a slice takes longer.
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
  // Call after a cheap step, such as a cache hit: many fit into a slice.
  [[nodiscard]] bool is_over_after_cheap_step() { return ++cheap_steps_ % kCheapSteps == 0 && is_over(); }

 private:
  static constexpr unsigned kCheapSteps = 8;
  Clock clock_;
  wire::Instant ends_{};
  unsigned cheap_steps_ = 0;
};

}  // namespace shirube::server
