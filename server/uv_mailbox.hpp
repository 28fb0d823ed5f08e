// UvMailbox: work that other threads hand to a loop, done there in the order in which it was posted.
// Threads:  post() from any thread, as long as the mailbox lives; construction, destruction and the jobs on
//           the loop's.
// Owns:     the jobs; those still waiting at destruction are destroyed undone.
// Errors:   post() says false when the mailbox is full, and the job is gone: the poster has to cope.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "server/time_slice.hpp"
#include "server/uv_loop.hpp"

namespace shirube::server {

class UvMailbox {
 public:
  using Job = std::move_only_function<void()>;

  // A flood of misses that belong to one worker must not grow another worker's memory without end.
  static constexpr std::size_t kMaxWaiting = 65'536;

  // Keeps the loop running as long as it lives.
  // Jobs beyond the time slice wait for the loop's next pass. `clock`: by default the loop's.
  explicit UvMailbox(UvLoop& loop, std::size_t max_waiting = kMaxWaiting, TimeSlice::Clock clock = {});
  [[nodiscard]] bool post(Job job);

 private:
  struct Block;
  struct Close {
    void operator()(Block* block) const;
  };
  std::unique_ptr<Block, Close> block_;
};

}  // namespace shirube::server
