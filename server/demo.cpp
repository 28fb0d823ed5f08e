#include "server/demo.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

#include "server/demo_server.hpp"
#include "server/demo_table.hpp"
#include "server/listen_sockets.hpp"
#include "server/uv_handles.hpp"
#include "server/uv_loop.hpp"
#include "server/uv_signals.hpp"
#include "server/uv_tcp_listener.hpp"
#include "server/uv_udp_listener.hpp"

namespace shirube::server {
namespace {

// How often the simulated internet catches up with real time: fine enough for people.
constexpr wire::Duration kPump = std::chrono::milliseconds{2};

[[nodiscard]] Colours terminal_colours() {
  return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr ? Colours::On : Colours::Off;
}

void print_hints(const wire::Endpoint& listen) {
  struct Hint {
    std::string_view arguments;
    std::string_view shows;
  };
  constexpr std::array kHints{
      Hint{"furelo.jp MX", "flags: ad, it is validated"},
      Hint{"forged.example MX", "SERVFAIL, and EDE says why"},
      Hint{"forged.example MX +cdflag", "what was kept from you"},
      Hint{"furelo.jp ANY +noedns +ignore", "as qmail"},
      Hint{"many-mx.example MX +noedns +ignore", "as qmail"},
      Hint{"-b 127.0.0.2 www.dual.example AAAA +noedns", "as Squid"},
      Hint{"-b 127.0.0.3 dual.example MX", "as an IPv4-only mail host"},
      Hint{"-b 127.0.0.4 _25._tcp.mail.furelo.jp TLSA +dnssec", "as Postfix"},
  };
  fmt::print("\nListening on {}. Try, and end with Ctrl-C:\n", listen.text());
  for (const auto& hint : kHints)
    fmt::print("  dig @{} -p {} {:<51}# {}\n", listen.address.text(), listen.port, hint.arguments,
               hint.shows);
  std::fflush(stdout);
}

[[nodiscard]] int listen_until_told(DemoServer& server, const wire::Endpoint& endpoint) {
  auto sockets = open_listen_sockets(endpoint, 1);
  if (!sockets) {
    fmt::print(stderr, "shirube: {}; take another: shirube demo --listen 127.0.0.1:5400\n",
               sockets.error().text);
    return kExitBroken;
  }
  UvLoop loop;
  const UvUdpListener udp(loop, std::move(sockets->front().udp), server.handler());
  const UvTcpListener tcp(loop, std::move(sockets->front().tcp), server.handler());
  const UvSignals signals(loop, {.stop = [&loop] { loop.stop(); }, .reload = [] {}});
  auto last = loop.now();
  std::function<void()> pump;
  UvTimer timer(loop, [&pump] { pump(); });
  pump = [&] {
    const auto now = loop.now();
    server.advance(now - last);
    last = now;
    timer.start(kPump);
  };
  pump();
  print_hints(endpoint);
  loop.run();
  return kExitFine;
}

}  // namespace

int demo(const DemoCommand& command) {
  DemoServer server;
  fmt::print("What each kind of client gets from a plain resolver (before) and from Shirube:\n");
  const auto rows = demo_rows(server);
  fmt::print("{}", demo_table_text(rows, terminal_colours()));
  if (std::ranges::any_of(rows, [](const DemoRow& r) { return r.trouble_after.has_value(); }))
    return kExitBroken;
  return command.once ? kExitFine : listen_until_told(server, command.listen);
}

}  // namespace shirube::server
