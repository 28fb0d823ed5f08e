// Counter: counted by one thread, readable by any.
// Threads:  add() by the owner only, which spares the locked instruction; value() by anybody.
#pragma once

#include <atomic>
#include <cstdint>

namespace shirube::server {

class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.store(value() + n, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

}  // namespace shirube::server
