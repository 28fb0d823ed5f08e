#include "server/uv_route_watch.hpp"

#include <cstdlib>
#include <vector>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>

#include "loop_fixture.hpp"

using namespace shirube;
using namespace shirube::server;

namespace {

// This thread in a network of its own that knows no route; back in the old one at the end.
class EmptyNetwork {
 public:
  EmptyNetwork() : old_(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)) {
    is_there_ = old_ && ::unshare(CLONE_NEWNET) == 0 && std::system("ip link set lo up") == 0;
  }
  EmptyNetwork(const EmptyNetwork&) = delete;
  EmptyNetwork& operator=(const EmptyNetwork&) = delete;
  ~EmptyNetwork() { ::setns(old_.get(), CLONE_NEWNET); }
  // Without the right to make one there is nothing to test.
  [[nodiscard]] bool is_there() const { return is_there_; }

 private:
  OwnedFd old_;
  bool is_there_ = false;
};

// Whoever asks for a descriptor meanwhile gets EMFILE. Nothing is checked meanwhile: sanitizers need some
// too.
class NoDescriptorLeft {
 public:
  NoDescriptorLeft() {
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &old_) == 0);
    const rlimit none{.rlim_cur = 0, .rlim_max = old_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  NoDescriptorLeft(const NoDescriptorLeft&) = delete;
  NoDescriptorLeft& operator=(const NoDescriptorLeft&) = delete;
  ~NoDescriptorLeft() { ::setrlimit(RLIMIT_NOFILE, &old_); }

 private:
  rlimit old_{};
};

}  // namespace

TEST_CASE("routes that come and go are told once each") {
  const EmptyNetwork network;
  if (!network.is_there()) return;
  UvLoop loop;
  RouteState state({.v4 = true, .v6 = true});
  std::vector<Routes> told;
  const UvRouteWatch watch(loop, state, [&](Routes routes) { told.push_back(routes); });
  CHECK(!state.has(wire::Family::V4));
  CHECK(!state.has(wire::Family::V6));
  const auto after = [&](const char* command) {
    const auto before = told.size();
    REQUIRE(std::system(command) == 0);
    run_until(loop, [&] { return told.size() > before; });
    run_passes(loop);
    CHECK(told.size() == before + 1);
    return told.back();
  };
  CHECK(after("ip route add default dev lo") == Routes{.v4 = true, .v6 = false});
  CHECK(state.has(wire::Family::V4));
  REQUIRE(std::system("ip route add 192.0.2.0/24 dev lo") == 0);
  run_passes(loop);
  CHECK(told.size() == 1);
  CHECK(after("ip route replace unreachable default") == Routes{});
  CHECK(after("ip route add 128.0.0.0/1 dev lo") == Routes{.v4 = true, .v6 = false});
}

TEST_CASE("IPv4 routes that die silently with their link are noticed") {
  const EmptyNetwork network;
  if (!network.is_there()) return;
  REQUIRE(std::system("ip route add default dev lo") == 0);
  UvLoop loop;
  RouteState state;
  bool told = false;
  const UvRouteWatch watch(loop, state, [&](Routes) { told = true; });
  CHECK(state.has(wire::Family::V4));
  REQUIRE(std::system("ip link set lo down") == 0);
  run_until(loop, [&] { return told; });
  CHECK(!state.has(wire::Family::V4));
}

TEST_CASE("a watch that cannot look at its start leaves the routes as they were") {
  UvLoop loop;
  RouteState state({.v4 = false, .v6 = true});
  {
    const NoDescriptorLeft exhausted;
    const UvRouteWatch watch(loop, state, [](Routes) {});
  }
  CHECK(!state.has(wire::Family::V4));
  CHECK(state.has(wire::Family::V6));
}

TEST_CASE("routes stay known while no descriptor is left to look") {
  const EmptyNetwork network;
  if (!network.is_there()) return;
  REQUIRE(std::system("ip route add default dev lo") == 0);
  UvLoop loop;
  RouteState state;
  std::vector<Routes> told;
  const UvRouteWatch watch(loop, state, [&](Routes routes) { told.push_back(routes); });
  REQUIRE(std::system("ip route replace unreachable default") == 0);
  {
    const NoDescriptorLeft exhausted;
    run_passes(loop);
  }
  CHECK(told.empty());
  CHECK(state.has(wire::Family::V4));
  REQUIRE(std::system("ip route add 192.0.2.0/24 dev lo") == 0);
  run_until(loop, [&] { return !told.empty(); });
  CHECK(told == std::vector{Routes{}});
  CHECK(!state.has(wire::Family::V4));
}
