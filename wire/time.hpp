// Time as the rest of the code passes it around: a monotonic instant and a duration.
// Threads:  values.
// Units:    microseconds. Below server/ nobody asks for the time: `now` is always a parameter.
#pragma once

#include <chrono>
#include <cstdint>

namespace shirube::wire {

using Duration = std::chrono::microseconds;
using Seconds = std::chrono::seconds;

// A clock without now(): instants come from whoever owns the loop (libuv, or virtual time).
struct MonotonicClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<MonotonicClock>;
  static constexpr bool is_steady = true;
};
using Instant = MonotonicClock::time_point;

[[nodiscard]] constexpr Seconds whole_seconds(Duration d) { return std::chrono::floor<Seconds>(d); }

}  // namespace shirube::wire
