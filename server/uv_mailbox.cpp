#include "server/uv_mailbox.hpp"

#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <uv.h>

namespace shirube::server {

struct UvMailbox::Block {
  uv_async_t wake_up{};
  std::size_t max_waiting = 0;
  std::mutex mutex;
  std::vector<Job> waiting;  // guarded by mutex
  // Loop thread only.
  std::vector<Job> jobs;  // taken out of `waiting`
  std::size_t next = 0;   // the first of them that is not done
  bool closed = false;
  TimeSlice slice;

  explicit Block(TimeSlice::Clock clock) : slice(std::move(clock)) {}

  void deliver() {
    if (next == jobs.size()) {
      jobs.clear();
      next = 0;
      const std::scoped_lock hold(mutex);
      jobs.swap(waiting);
    }
    slice.begin();
    while (next < jobs.size()) {
      auto job = std::move(jobs[next++]);
      job();
      // A job may destroy the mailbox; what comes after it is then undone, as the contract says.
      if (closed) return;
      if (next < jobs.size() && slice.is_over()) break;
    }
    if (has_more()) uv_async_send(&wake_up);
  }
  [[nodiscard]] bool has_more() {
    if (next < jobs.size()) return true;
    const std::scoped_lock hold(mutex);
    return !waiting.empty();
  }
};

UvMailbox::UvMailbox(UvLoop& loop, std::size_t max_waiting, TimeSlice::Clock clock) {
  if (!clock) clock = [&loop] { return loop.now(); };
  auto block = std::make_unique<Block>(std::move(clock));
  block->max_waiting = max_waiting;
  block->wake_up.data = block.get();
  const auto on_wake_up = [](uv_async_t* handle) { static_cast<Block*>(handle->data)->deliver(); };
  if (const int failure = uv_async_init(loop.raw(), &block->wake_up, on_wake_up); failure != 0) {
    throw std::runtime_error(std::string("cannot create a mailbox: ") + uv_strerror(failure));
  }
  block_.reset(block.release());
}

void UvMailbox::Close::operator()(Block* block) const {
  block->closed = true;
  {
    // Now, and not when libuv has let go: what the jobs refer to may be gone by then.
    std::vector<Job> undone;
    const auto left = std::exchange(block->jobs, {});
    block->next = 0;
    const std::scoped_lock hold(block->mutex);
    undone.swap(block->waiting);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&block->wake_up),
           [](uv_handle_t* handle) { delete static_cast<Block*>(handle->data); });
}

bool UvMailbox::post(Job job) {
  {
    const std::scoped_lock hold(block_->mutex);
    if (block_->waiting.size() >= block_->max_waiting) return false;
    block_->waiting.push_back(std::move(job));
  }
  uv_async_send(&block_->wake_up);
  return true;
}

}  // namespace shirube::server
