#include "server/uv_socket_set.hpp"

#include <algorithm>
#include <stdexcept>

namespace shirube::server {

UvSocketSet::UvSocketSet(UvLoop& loop) : loop_(loop), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_) poll_ = UvPoll(loop, epoll_.get(), [this](UvPoll::Event) { on_event(); });
  if (!epoll_ || !poll_.watch({.read = true}))
    throw std::runtime_error(
        "no descriptor is left to watch upstream sockets with; raise the limit (ulimit -n)");
}

bool UvSocketSet::add(int socket, Member& member) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &member;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event) != 0) return false;
  member.set_ = this;
  return true;
}

void UvSocketSet::on_event() {
  const auto got = ::epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()), 0);
  got_ = static_cast<std::size_t>(std::max(got, 0));
  for (next_ = 0; next_ < got_;) {
    auto* const member = static_cast<Member*>(events_[next_++].data.ptr);
    if (member == nullptr) continue;
    const UvLoop::HeldClock held(loop_);
    member->on_ready();
  }
  got_ = 0;
}

// What is still to be told of it is not told any more.
void UvSocketSet::forget(const Member& member) {
  for (auto i = next_; i < got_; ++i) {
    if (events_[i].data.ptr == &member) events_[i].data.ptr = nullptr;
  }
}

}  // namespace shirube::server
