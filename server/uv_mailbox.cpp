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
  bool closed = false;       // loop thread only

  void deliver() {
    std::vector<Job> jobs;
    {
      const std::scoped_lock hold(mutex);
      jobs.swap(waiting);
    }
    for (auto& job : jobs) {
      // A job may destroy the mailbox; what comes after it is then undone, as the contract says.
      if (closed) return;
      job();
    }
  }
};

UvMailbox::UvMailbox(UvLoop& loop, std::size_t max_waiting) {
  auto block = std::make_unique<Block>();
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
