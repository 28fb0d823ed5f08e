// UvSignals: SIGINT, SIGTERM and SIGHUP as callbacks on a loop; further signals are left alone.
// Threads:  the loop's (the main thread's loop; worker threads need not block anything).
// Owns:     the signal handlers; the former dispositions return with its destruction.
// Errors:   the constructor throws std::runtime_error (start-up only).
#pragma once

#include <array>
#include <functional>
#include <memory>

#include "server/uv_loop.hpp"

namespace shirube::server {

// Keeps these signals waiting until there is a UvSignals. Call it before listening: whoever sees the port
// open may already send one, and the kernel's own answer to SIGHUP as to SIGTERM is to kill.
void hold_signals();

class UvSignals {
 public:
  struct Actions {
    std::function<void()> stop;    // SIGINT, SIGTERM
    std::function<void()> reload;  // SIGHUP
  };
  UvSignals(UvLoop& loop, const Actions& actions);

 private:
  struct Block;
  struct Close {
    void operator()(Block* block) const;
  };
  using Watch = std::unique_ptr<Block, Close>;
  [[nodiscard]] static Watch watch(UvLoop& loop, int signal, std::function<void()> action);

  std::array<Watch, 3> watches_;
};

}  // namespace shirube::server
