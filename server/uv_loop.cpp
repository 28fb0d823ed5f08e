#include "server/uv_loop.hpp"

#include <cassert>
#include <stdexcept>
#include <string>

#include <uv.h>

namespace shirube::server {

UvLoop::UvLoop() {
  auto loop = std::make_unique<uv_loop_t>();
  if (const int failure = uv_loop_init(loop.get()); failure != 0) {
    throw std::runtime_error(std::string("cannot create an event loop: ") + uv_strerror(failure));
  }
  loop_.reset(loop.release());
}

UvLoop::~UvLoop() = default;

void UvLoop::Close::operator()(uv_loop_s* loop) const {
  // Handles under way to being closed still have their close callbacks to come, which free them; what those
  // destroy in turn may own further handles.
  constexpr int kMaxPasses = 16;
  int failure = uv_loop_close(loop);
  for (int pass = 0; pass < kMaxPasses && failure == UV_EBUSY; ++pass) {
    uv_run(loop, UV_RUN_NOWAIT);
    failure = uv_loop_close(loop);
  }
  assert(failure == 0 && "a handle outlives its loop");
  delete loop;
}

void UvLoop::run() { uv_run(loop_.get(), UV_RUN_DEFAULT); }
void UvLoop::run_pass() { uv_run(loop_.get(), UV_RUN_ONCE); }
void UvLoop::stop() { uv_stop(loop_.get()); }

wire::Instant UvLoop::read_clock() {
  constexpr std::uint64_t kNanosecondsPerMicrosecond = 1'000;
  return wire::Instant(wire::Duration(uv_hrtime() / kNanosecondsPerMicrosecond));
}

}  // namespace shirube::server
