// UvLoop: the event loop of one thread.
// Threads:  made, run and destroyed on one thread; from elsewhere only through a UvMailbox.
// Owns:     the uv loop. Everything that is made on it must be destroyed before it; the destructor then waits
//           until libuv has closed every handle.
// Errors:   the constructor throws std::runtime_error (start-up only).
#pragma once

#include <memory>

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

  // Monotonic, in microseconds; read from the clock at each call.
  [[nodiscard]] wire::Instant now() const;
  [[nodiscard]] uv_loop_s* raw() { return loop_.get(); }

 private:
  struct Close {
    void operator()(uv_loop_s* loop) const;
  };
  std::unique_ptr<uv_loop_s, Close> loop_;
};

}  // namespace shirube::server
