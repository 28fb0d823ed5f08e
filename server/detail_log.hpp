// DetailLog: the lines that log.level = "debug" adds, at most so many a second.
// Threads:  all methods from any thread; one lock, held while a line is written.
// Owns:     its budget; borrows the Log, which must outlive it.
// Units:    `now` is monotonic.
// Cost:     one atomic read while the level is not "debug"; a line that the limit drops is not formatted.
#pragma once

#include <concepts>
#include <cstdint>
#include <mutex>

#include "server/log.hpp"
#include "wire/time.hpp"

namespace shirube::server {

// Lines a second in the long run: a flood of failing names must not fill the disk. A line has about 250
// octets, so this is at most 430 MB a day.
inline constexpr std::uint64_t kDetailsPerSecond = 20;
// Lines at once: what one lookup of a broken domain tells is never cut.
inline constexpr std::uint64_t kDetailBurst = 400;
// Pause between two lines that tell how many were dropped.
inline constexpr wire::Duration kDroppedPause = std::chrono::seconds{10};

class DetailLog {
 public:
  explicit DetailLog(Log& log) : log_(log) {}
  // Writes the number of lines that were dropped and not yet told.
  ~DetailLog() { tell_dropped(); }
  DetailLog(const DetailLog&) = delete;
  DetailLog& operator=(const DetailLog&) = delete;

  [[nodiscard]] bool wanted() const { return log_.wants(conf::LogLevel::Debug); }
  // Writes the LogEvent that `make` returns. Does not call `make` if the line is not wanted or is over the
  // limit. Every kDroppedPause a line is preceded by the number of those that were dropped.
  template <std::invocable Make>
  void line(wire::Instant now, Make&& make) {
    if (!wanted()) return;
    const std::scoped_lock hold(mutex_);
    if (!admit(now)) return;
    log_.write(std::forward<Make>(make)());
  }

 private:
  [[nodiscard]] bool admit(wire::Instant now);
  void tell_dropped();

  Log& log_;
  std::mutex mutex_;
  std::uint64_t left_ = kDetailBurst;
  std::uint64_t dropped_ = 0;
  wire::Instant filled_at_ = wire::Instant::min();
  wire::Instant tell_dropped_at_ = wire::Instant::min();
};

}  // namespace shirube::server
