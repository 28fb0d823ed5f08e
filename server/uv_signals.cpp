#include "server/uv_signals.hpp"

#include <csignal>
#include <stdexcept>
#include <string>
#include <utility>

#include <uv.h>

namespace shirube::server {

struct UvSignals::Block {
  uv_signal_t handle{};
  std::function<void()> action;
};

namespace {

void set_mask_of_ours(int how) {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ours, signal);
  pthread_sigmask(how, &ours, nullptr);
}

}  // namespace

void hold_signals() { set_mask_of_ours(SIG_BLOCK); }

UvSignals::UvSignals(UvLoop& loop, const Actions& actions)
    : watches_{watch(loop, SIGINT, actions.stop), watch(loop, SIGTERM, actions.stop),
               watch(loop, SIGHUP, actions.reload)} {
  set_mask_of_ours(SIG_UNBLOCK);
}

UvSignals::Watch UvSignals::watch(UvLoop& loop, int signal, std::function<void()> action) {
  Watch block(new Block{.action = std::move(action)});
  block->handle.data = block.get();
  uv_signal_init(loop.raw(), &block->handle);
  const auto on_signal = [](uv_signal_t* handle, int) { static_cast<Block*>(handle->data)->action(); };
  if (const int failure = uv_signal_start(&block->handle, on_signal, signal); failure != 0) {
    throw std::runtime_error(std::string("cannot watch for signals: ") + uv_strerror(failure));
  }
  return block;
}

void UvSignals::Close::operator()(Block* block) const {
  uv_close(reinterpret_cast<uv_handle_t*>(&block->handle),
           [](uv_handle_t* handle) { delete static_cast<Block*>(handle->data); });
}

}  // namespace shirube::server
