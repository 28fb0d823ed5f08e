// UvRouteWatch: keeps a RouteState true while cables are pulled and VPNs come and go.
// Threads:  the loop's; the RouteState may be read anywhere.
// Owns:     a netlink socket and a timer.
// Errors:   none: where netlink is not to be had (some containers), changes are noticed by the timer only.
//           While routes cannot be looked up, the last known ones stay: a host that seemed to have lost IPv6
//           would answer AAAA questions wrongly.
// Rules:    a netlink message only says "look again", whatever it says and even if some were lost, so there
//           is nothing in it to parse.
#pragma once

#include <functional>

#include "server/owned_fd.hpp"
#include "server/routes.hpp"
#include "server/uv_handles.hpp"

namespace shirube::server {

class UvRouteWatch {
 public:
  // The kernel announces a link that goes down before it drops the link's IPv4 routes, and drops those
  // silently: looking again every few seconds catches it, for two system calls.
  static constexpr wire::Duration kLookAgain = std::chrono::seconds{5};

  // Sets `state` before it returns, unless the routes cannot be looked up. `on_change` runs from the loop,
  // after `state` has changed.
  UvRouteWatch(UvLoop& loop, RouteState& state, std::function<void(Routes)> on_change);

 private:
  void watch();
  void on_netlink();
  void look();

  RouteState& state_;
  std::function<void(Routes)> on_change_;
  OwnedFd netlink_;
  Routes last_;  // looked up once changes are being listened for, so that none falls between
  UvPoll poll_;
  UvTimer timer_;
};

}  // namespace shirube::server
