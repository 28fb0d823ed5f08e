#include "server/uv_handles.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <uv.h>

namespace shirube::server {
namespace {

template <class Handle>
uv_handle_t* as_handle(Handle& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

}  // namespace

struct UvPoll::Block {
  uv_poll_t handle{};
  OnEvent on_event;
  Interest interest{};
  bool usable = false;
};

UvPoll::UvPoll(UvLoop& loop, int fd, OnEvent on_event) : block_(new Block{.on_event = std::move(on_event)}) {
  block_->handle.data = block_.get();
  block_->usable = uv_poll_init(loop.raw(), &block_->handle, fd) == 0;
}

void UvPoll::Close::operator()(Block* block) const {
  if (!block->usable) {  // libuv has never known it
    delete block;
    return;
  }
  uv_close(as_handle(block->handle), [](uv_handle_t* handle) { delete static_cast<Block*>(handle->data); });
}

bool UvPoll::watch(Interest interest) {
  if (!block_ || !block_->usable) return false;
  if (interest == block_->interest) return true;
  block_->interest = interest;
  const int events = (interest.read ? UV_READABLE : 0) | (interest.write ? UV_WRITABLE : 0);
  if (events == 0) return uv_poll_stop(&block_->handle) == 0;
  const auto on_events = [](uv_poll_t* handle, int status, int ready) {
    auto& self = *static_cast<Block*>(handle->data);
    // POLLERR: libuv reports UV_EBADF, forgets the descriptor and leaves the cause to us.
    if (status < 0) self.interest = {};
    self.on_event({.readable = (ready & UV_READABLE) != 0,
                   .writable = (ready & UV_WRITABLE) != 0,
                   .error = status < 0});
  };
  if (uv_poll_start(&block_->handle, events, on_events) == 0) return true;
  block_->interest = {};
  return false;
}

struct UvTimer::Block {
  uv_timer_t handle{};
  std::function<void()> on_ring;
};

UvTimer::UvTimer(UvLoop& loop, std::function<void()> on_ring)
    : block_(new Block{.on_ring = std::move(on_ring)}) {
  block_->handle.data = block_.get();
  uv_timer_init(loop.raw(), &block_->handle);
}

void UvTimer::Close::operator()(Block* block) const {
  uv_close(as_handle(block->handle), [](uv_handle_t* handle) { delete static_cast<Block*>(handle->data); });
}

void UvTimer::start(wire::Duration delay) {
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(std::max(delay, wire::Duration::zero()));
  const auto on_ring = [](uv_timer_t* handle) { static_cast<Block*>(handle->data)->on_ring(); };
  uv_timer_start(&block_->handle, on_ring, static_cast<std::uint64_t>(whole.count()), 0);
}

void UvTimer::stop() { uv_timer_stop(&block_->handle); }

struct UvPassEnd::Block {
  uv_prepare_t after_timers{};
  uv_check_t after_io{};
  std::function<void()> on_pass_end;
  int open_handles = 2;

  static void closed(uv_handle_t* handle) {
    auto* self = static_cast<Block*>(handle->data);
    if (--self->open_handles == 0) delete self;
  }
};

UvPassEnd::UvPassEnd(UvLoop& loop, std::function<void()> on_pass_end)
    : block_(new Block{.on_pass_end = std::move(on_pass_end)}) {
  block_->after_timers.data = block_.get();
  block_->after_io.data = block_.get();
  uv_prepare_init(loop.raw(), &block_->after_timers);
  uv_check_init(loop.raw(), &block_->after_io);
  uv_prepare_start(&block_->after_timers,
                   [](uv_prepare_t* handle) { static_cast<Block*>(handle->data)->on_pass_end(); });
  uv_check_start(&block_->after_io,
                 [](uv_check_t* handle) { static_cast<Block*>(handle->data)->on_pass_end(); });
  uv_unref(as_handle(block_->after_timers));
  uv_unref(as_handle(block_->after_io));
}

void UvPassEnd::Close::operator()(Block* block) const {
  uv_close(as_handle(block->after_timers), Block::closed);
  uv_close(as_handle(block->after_io), Block::closed);
}

}  // namespace shirube::server
