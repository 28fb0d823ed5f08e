// UvLoop: the event loop of one thread.
// Threads:  made, run and destroyed on one thread; from elsewhere only through a UvMailbox.
// Owns:     the uv loop. Everything that is made on it must be destroyed before it; the destructor then waits
//           until libuv has closed every handle.
// Errors:   the constructor throws std::runtime_error (start-up only).
#pragma once

#include <memory>
#include <optional>

#include "wire/time.hpp"

// libuv's own names: they stay declarations wherever uv.h itself is not needed.
struct uv_loop_s;  // NOLINT(readability-identifier-naming): not ours

namespace shirube::server {

class UvLoop {
 public:
  UvLoop();
  UvLoop(const UvLoop&) = delete;
  UvLoop& operator=(const UvLoop&) = delete;
  ~UvLoop();

  // Until stop(), or until nothing is left that could ever happen.
  void run();
  // Waits for something to happen, handles what is due and returns.
  void run_pass();
  void stop();

  // Monotonic, in microseconds. Reads the clock at each call, unless a HeldClock exists.
  [[nodiscard]] wire::Instant now() const { return held_ ? *held_ : read_clock(); }
  // While a HeldClock exists, now() returns the time of its construction. Handling one event calls now()
  // dozens of times. A nested HeldClock has no effect.
  class HeldClock;
  [[nodiscard]] uv_loop_s* raw() { return loop_.get(); }

 private:
  [[nodiscard]] static wire::Instant read_clock();

  struct Close {
    void operator()(uv_loop_s* loop) const;
  };
  std::unique_ptr<uv_loop_s, Close> loop_;
  std::optional<wire::Instant> held_;
};

class [[nodiscard]] UvLoop::HeldClock {
 public:
  explicit HeldClock(UvLoop& loop) : loop_(loop), is_outer_(!loop.held_) {
    if (is_outer_) loop.held_ = read_clock();
  }
  ~HeldClock() {
    if (is_outer_) loop_.held_.reset();
  }
  HeldClock(const HeldClock&) = delete;
  HeldClock& operator=(const HeldClock&) = delete;

 private:
  UvLoop& loop_;
  bool is_outer_;
};

}  // namespace shirube::server
