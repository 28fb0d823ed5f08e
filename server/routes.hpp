// Routes: can packets leave for the Internet over IPv4, over IPv6?
// Threads:  look_up_routes() anywhere; RouteState is written by one thread and read by all.
// Errors:   nullopt when the kernel has no descriptor or memory left for the question: that says nothing about
//           routes. Any other refusal counts as no route.
// Rules:    the kernel is asked how it would route to a public address (connecting a UDP socket sends
//           nothing). So default routes, two halves of one (VPNs), policy routing, blackholes and a lack of
//           source addresses all count as they really do, without privileges and without netlink.
#pragma once

#include <atomic>
#include <optional>

#include "wire/endpoint.hpp"

namespace shirube::server {

struct Routes {
  bool v4 = false;
  bool v6 = false;
  friend bool operator==(const Routes&, const Routes&) = default;
};

[[nodiscard]] std::optional<Routes> look_up_routes();

class RouteState {
 public:
  explicit RouteState(Routes routes = {}) { set(routes); }
  void set(Routes routes) {
    v4_.store(routes.v4, std::memory_order_relaxed);
    v6_.store(routes.v6, std::memory_order_relaxed);
  }
  [[nodiscard]] bool has(wire::Family family) const {
    return (family == wire::Family::V4 ? v4_ : v6_).load(std::memory_order_relaxed);
  }
  [[nodiscard]] Routes get() const { return {.v4 = has(wire::Family::V4), .v6 = has(wire::Family::V6)}; }

 private:
  std::atomic<bool> v4_ = false;
  std::atomic<bool> v6_ = false;
};

}  // namespace shirube::server
