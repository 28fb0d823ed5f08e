// A UvTcpListener with a scripted handler, and what its clients do.
// Threads:  the test's.
#pragma once

#include <utility>

#include "handler_fixture.hpp"
#include "server/listen_sockets.hpp"
#include "server/uv_tcp_listener.hpp"

namespace shirube::server {

struct TcpFixture {
  // Long where a test does not wait for it, so that a slow machine cannot fail it.
  [[nodiscard]] static TcpLimits patient() {
    TcpLimits limits;
    limits.idle = limits.whole_message = limits.stalled_output = std::chrono::hours{1};
    limits.sweep = std::chrono::milliseconds{1};
    return limits;
  }

  explicit TcpFixture(TcpLimits limits = patient())
      : listener(loop, std::move(open_listen_sockets(loopback("127.0.0.1:0"), 1).value()[0].tcp), handler,
                 limits) {}

  // Connected and accepted.
  [[nodiscard]] OwnedFd client(const std::optional<wire::Address>& from = {}) {
    const auto before = listener.counters().accepted.value();
    auto fd = connected_socket(SOCK_STREAM, listener.local(), from);
    run_until(loop, [&] { return listener.counters().accepted.value() > before; });
    return fd;
  }
  [[nodiscard]] wire::Bytes receive_message(const OwnedFd& fd) {
    wire::Bytes got;
    run_until(loop, [&] {
      wire::Bytes next(got.size() < 2 ? 2 - got.size() : 2 + wire::read_u16(got.data()) - got.size());
      const auto count = ::recv(fd.get(), next.data(), next.size(), MSG_DONTWAIT);
      REQUIRE(count != 0);
      if (count > 0) got.insert(got.end(), next.begin(), next.begin() + count);
      return got.size() > 2 && got.size() == std::size_t{2} + wire::read_u16(got.data());
    });
    return {got.begin() + 2, got.end()};
  }
  void expect_closed(const OwnedFd& fd) {
    run_until(loop, [&] { return is_closed(fd); });
  }

  UvLoop loop;
  ScriptedHandler handler;
  UvTcpListener listener;
};

}  // namespace shirube::server
