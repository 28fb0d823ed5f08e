// Owners of the libuv handles that the server lives on: UvPoll (a descriptor is ready), UvTimer (one shot),
// UvPassEnd (before the loop sleeps).
// Threads:  the loop's.
// Owns:     the handle; libuv's memory outlives the owner until libuv has let go of it. An owner may be
//           destroyed at any time, also within its own callback: the callback object stays until the handle
//           is closed, and no callback comes after.
// Errors:   watch() says false when the kernel will not watch the descriptor; nothing throws.
#pragma once

#include <functional>
#include <memory>

#include "server/uv_loop.hpp"
#include "wire/time.hpp"

namespace shirube::server {

// Does not own the descriptor, which has to stay open as long as the UvPoll: declare it before.
class UvPoll {
 public:
  struct Interest {
    bool read = false;
    bool write = false;
    friend bool operator==(const Interest&, const Interest&) = default;
  };
  // An error is waiting in the socket (SO_ERROR, or the next call returns it). libuv has then stopped
  // watching: watch() again or close.
  struct Event {
    bool readable = false;
    bool writable = false;
    bool error = false;
  };
  using OnEvent = std::function<void(Event)>;

  UvPoll() = default;  // watches nothing
  UvPoll(UvLoop& loop, int fd, OnEvent on_event);
  // Calling it with what is being watched already costs nothing (libuv would take the descriptor out and in
  // again).
  [[nodiscard]] bool watch(Interest interest);

 private:
  struct Block;
  struct Close {
    void operator()(Block* block) const;
  };
  std::unique_ptr<Block, Close> block_;
};

class UvTimer {
 public:
  UvTimer(UvLoop& loop, std::function<void()> on_ring);
  // Rings once, after `delay` rounded up to milliseconds; it may ring up to a millisecond early, as libuv
  // counts from the start of the pass. Starting again moves it.
  void start(wire::Duration delay);
  void stop();

 private:
  struct Block;
  struct Close {
    void operator()(Block* block) const;
  };
  std::unique_ptr<Block, Close> block_;
};

// Runs after the timers and again after the I/O of each pass, so that whatever they left behind is done
// before the loop sleeps. Does not keep the loop running.
class UvPassEnd {
 public:
  UvPassEnd(UvLoop& loop, std::function<void()> on_pass_end);

 private:
  struct Block;
  struct Close {
    void operator()(Block* block) const;
  };
  std::unique_ptr<Block, Close> block_;
};

}  // namespace shirube::server
