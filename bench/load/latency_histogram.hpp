// LatencyHistogram: how long replies took, in fixed memory, to within one part in 64.
// Threads:  one owner.
// Owns:     its counters, 19 KiB.
// Units:    nanoseconds; all above two minutes count as two minutes.
// Errors:   none.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

namespace shirube::bench {

class LatencyHistogram {
 public:
  void add(std::chrono::nanoseconds latency) {
    ++counts_[bucket_of(static_cast<std::uint64_t>(std::max<std::int64_t>(latency.count(), 0)))];
    ++total_;
  }

  // The latency that `share` (0-1) of all replies did not exceed; 0 when there were none.
  [[nodiscard]] std::chrono::nanoseconds percentile(double share) const {
    const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(total_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted || (seen == total_ && seen > 0)) return std::chrono::nanoseconds{upper_end(i)};
    }
    return {};
  }

 private:
  // Each power of two is cut into as many equal steps.
  static constexpr unsigned kStepBits = 6;
  static constexpr std::uint64_t kSteps = std::uint64_t{1} << kStepBits;
  static constexpr std::uint64_t kMost = (std::uint64_t{1} << 37) - 1;

  [[nodiscard]] static std::size_t bucket_of(std::uint64_t nanoseconds) {
    const auto value = std::min(nanoseconds, kMost);
    if (value < kSteps) return value;
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - kStepBits;
    return (shift + 1) * kSteps + ((value >> shift) - kSteps);
  }
  [[nodiscard]] static std::int64_t upper_end(std::size_t bucket) {
    if (bucket < kSteps) return static_cast<std::int64_t>(bucket);
    const auto shift = bucket / kSteps - 1;
    return static_cast<std::int64_t>(((bucket % kSteps + kSteps + 1) << shift) - 1);
  }

  std::array<std::uint64_t, (38 - kStepBits) * kSteps> counts_{};
  std::uint64_t total_ = 0;
};

}  // namespace shirube::bench
