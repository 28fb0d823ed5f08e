// A listener's callback ends after its time slice, and the rest goes on in later passes: counted by a clock
// that each reading moves on.
#include "server/time_slice.hpp"

#include <vector>

#include "server/uv_mailbox.hpp"
#include "server/uv_udp_listener.hpp"
#include "tcp_listener_fixture.hpp"

using namespace shirube;
using namespace shirube::server;

namespace {

// A millisecond each reading: a slice has room for two costly steps.
[[nodiscard]] TimeSlice::Clock stepping() {
  return [now = wire::Instant{}]() mutable { return now += std::chrono::milliseconds{1}; };
}
constexpr std::size_t kStepsInSlice = 2;
constexpr std::uint16_t kQueries = 12;

}  // namespace

TEST_CASE("UDP: costly queries of one batch are answered over several passes, and all of them") {
  UvLoop loop;
  ScriptedHandler handler;
  UvUdpListener listener(loop, std::move(open_listen_sockets(loopback("127.0.0.1:0"), 1).value()[0].udp),
                         handler, stepping());
  const auto fd = connected_socket(SOCK_DGRAM, listener.local());
  for (std::uint16_t id = 0; id < kQueries; ++id) send_all(fd, make_query(id, kLater));
  const Tick tick(loop);
  std::size_t most = 0;
  while (handler.owed.size() < kQueries) {
    const auto before = handler.owed.size();
    loop.run_pass();
    most = std::max(most, handler.owed.size() - before);
  }
  // A pass may hold one slice of the timer and one of the socket.
  CHECK(most <= 2 * kStepsInSlice);
}

TEST_CASE(
    "TCP: another connection is answered before the pipelined costly queries of the first are through") {
  UvLoop loop;
  ScriptedHandler handler;
  UvTcpListener listener(loop, std::move(open_listen_sockets(loopback("127.0.0.1:0"), 1).value()[0].tcp),
                         handler, TcpFixture::patient(), stepping());
  const auto busy = connected_socket(SOCK_STREAM, listener.local());
  const auto other = connected_socket(SOCK_STREAM, listener.local());
  run_until(loop, [&] { return listener.counters().accepted.value() == 2; });
  const auto framed = [](std::uint16_t id) {
    const auto query = make_query(id, kLater);
    wire::Bytes frame{0, static_cast<std::uint8_t>(query.size())};
    frame.insert(frame.end(), query.begin(), query.end());
    return frame;
  };
  wire::Bytes pipelined;
  for (std::uint16_t id = 0; id < kQueries; ++id) {
    const auto frame = framed(id);
    pipelined.insert(pipelined.end(), frame.begin(), frame.end());
  }
  constexpr std::uint16_t kOther = 500;
  send_all(busy, pipelined);
  send_all(other, framed(kOther));
  run_until(loop, [&] { return handler.seen.size() == kQueries + 1U; });
  const auto place = std::ranges::find(handler.seen, kOther) - handler.seen.begin();
  CHECK(place < static_cast<std::ptrdiff_t>(kQueries));
  CHECK(listener.open_connections() == 2);
}

TEST_CASE("a mailbox that is full of costly jobs lets other work of the loop go first, and loses none") {
  UvLoop loop;
  UvMailbox mailbox(loop, UvMailbox::kMaxWaiting, stepping());
  std::vector<int> done;
  for (int i = 0; i < kQueries; ++i) REQUIRE(mailbox.post([&done, i] { done.push_back(i); }));
  const Tick tick(loop);
  std::size_t most = 0;
  while (done.size() < kQueries) {
    const auto before = done.size();
    loop.run_pass();
    most = std::max(most, done.size() - before);
  }
  CHECK(most <= kStepsInSlice);
  CHECK(std::ranges::is_sorted(done));
}
