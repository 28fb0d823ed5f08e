#include "server/uv_route_watch.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace shirube::server {
namespace {

OwnedFd open_netlink() {
  OwnedFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE));
  if (!fd) return fd;
  // Addresses and links too: an IPv4 route that dies with its link is not announced as a route.
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups =
      RTMGRP_LINK | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
  return fd;
}

}  // namespace

UvRouteWatch::UvRouteWatch(UvLoop& loop, RouteState& state, std::function<void(Routes)> on_change)
    : state_(state),
      on_change_(std::move(on_change)),
      netlink_(open_netlink()),
      last_(look_up_routes().value_or(state.get())),
      timer_(loop, [this] { look(); }) {
  state_.set(last_);
  timer_.start(kLookAgain);
  if (!netlink_) return;
  poll_ = UvPoll(loop, netlink_.get(), [this](UvPoll::Event) { on_netlink(); });
  watch();
}

// Without netlink the timer is still there. Lost messages count as an error, after which libuv has to be told
// again.
void UvRouteWatch::watch() { static_cast<void>(poll_.watch({.read = true})); }

void UvRouteWatch::on_netlink() {
  // A storm of changes on a router stays one look per wake-up. ENOBUFS (messages were lost) is news like any
  // other.
  constexpr int kMaxReads = 256;
  std::array<char, 8192> ignored;
  for (int i = 0; i < kMaxReads; ++i) {
    const auto got = ::recv(netlink_.get(), ignored.data(), ignored.size(), MSG_DONTWAIT);
    if (got < 0 && errno != ENOBUFS && errno != EINTR) break;
  }
  watch();
  look();
}

void UvRouteWatch::look() {
  timer_.start(kLookAgain);
  const auto routes = look_up_routes();
  if (!routes || *routes == last_) return;
  last_ = *routes;
  state_.set(last_);
  // May destroy this.
  on_change_(*routes);
}

}  // namespace shirube::server
