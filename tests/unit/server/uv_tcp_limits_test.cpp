#include <catch2/catch.hpp>

#include "tcp_listener_fixture.hpp"

using namespace shirube;
using namespace shirube::server;
using std::chrono::milliseconds;

namespace {

TcpLimits limited(auto change) {
  auto limits = TcpFixture::patient();
  change(limits);
  return limits;
}

const auto kSmallHolder = wire::Address::v4(127, 0, 0, 2);
const auto kLargeHolder = wire::Address::v4(127, 0, 0, 3);
const auto kNewcomer = wire::Address::v4(127, 0, 0, 4);

}  // namespace

TEST_CASE("TCP: an idle connection is closed, one that waits for its answer is not") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.idle = milliseconds{30}; }));
  const auto waiting = fixture.client();
  send_all(waiting, framed(make_query(1, kLater)));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 1; });
  const auto idle = fixture.client();
  fixture.expect_closed(idle);
  CHECK(fixture.listener.counters().timed_out.value() == 1);
  CHECK(!try_receive(waiting));
  fixture.handler.pay(0);
  CHECK(id_of(fixture.receive_message(waiting)) == 1);
}

TEST_CASE("TCP: idle connections get less time the fewer places are left") {
  const TcpLimits limits{.connections = 100, .idle = std::chrono::seconds{10}};
  CHECK(idle_time(limits, 0) == std::chrono::seconds{10});
  CHECK(idle_time(limits, 50) == std::chrono::seconds{10});
  CHECK(idle_time(limits, 75) == std::chrono::seconds{5});
  CHECK(idle_time(limits, 90) == std::chrono::seconds{2});
  CHECK(idle_time(limits, 100) == milliseconds{500});
  CHECK(idle_time(limits, 1000) == milliseconds{500});
}

TEST_CASE("TCP: a message that trickles is cut off") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.whole_message = milliseconds{30}; }));
  const auto fd = fixture.client();
  const auto frame = framed(make_query(1));
  std::size_t sent = 0;
  // One octet whenever the loop turns: always active, never done.
  run_until(fixture.loop, [&] {
    if (sent + 1 < frame.size() && ::send(fd.get(), frame.data() + sent, 1, MSG_NOSIGNAL) == 1) ++sent;
    return is_closed(fd);
  });
  CHECK(fixture.handler.seen.empty());
  CHECK(fixture.listener.counters().timed_out.value() == 1);
}

TEST_CASE("TCP: at the limit the connection that idles longest makes room") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.connections = 3; }));
  const auto busy = fixture.client();
  send_all(busy, framed(make_query(1, kLater)));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 1; });
  const auto oldest = fixture.client();
  const auto younger = fixture.client();
  const auto fourth = fixture.client();
  fixture.expect_closed(oldest);
  CHECK(!try_receive(busy));
  CHECK(!try_receive(younger));
  CHECK(!try_receive(fourth));
  CHECK(fixture.listener.open_connections() == 3);
}

TEST_CASE("TCP: when no connection idles, a further one is refused") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.connections = 2; }));
  const auto one = fixture.client();
  const auto two = fixture.client();
  send_all(one, framed(make_query(1, kLater)));
  send_all(two, framed(make_query(2, kLater)));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 2; });
  const auto surplus = connected_socket(SOCK_STREAM, fixture.listener.local());
  fixture.expect_closed(surplus);
  CHECK(fixture.listener.counters().refused.value() == 1);
  CHECK(fixture.listener.open_connections() == 2);
}

TEST_CASE("TCP: one client cannot push others out") {
  TcpFixture fixture(limited([](TcpLimits& limits) {
    limits.connections = 10;
    limits.connections_per_client = 2;
  }));
  const auto greedy_one = fixture.client();
  const auto greedy_two = fixture.client();
  const auto greedy_three = fixture.client();
  fixture.expect_closed(greedy_one);
  CHECK(!try_receive(greedy_two));
  CHECK(fixture.listener.open_connections() == 2);
}

TEST_CASE("TCP: at the limit the largest holder makes room, with its oldest connection, even a busy one") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.connections = 5; }));
  const auto small = fixture.client(kSmallHolder);
  std::vector<OwnedFd> large;
  for (std::uint16_t i = 0; i < 4; ++i) {
    large.push_back(fixture.client(kLargeHolder));
    send_all(large.back(), framed(make_query(i, kLater)));
    run_until(fixture.loop, [&] { return fixture.handler.owed.size() == i + 1U; });
  }
  // An idle connection of a client that holds few is older than all of them, and stays.
  const auto newcomer = fixture.client(kNewcomer);
  fixture.expect_closed(large[0]);
  CHECK(!try_receive(small));
  CHECK(!try_receive(newcomer));
  CHECK(fixture.listener.open_connections() == 5);
  const auto second = fixture.client(kNewcomer);
  // Two against three: the large holder has nearly the same share now, and its busy connections stay.
  const auto surplus = connected_socket(SOCK_STREAM, fixture.listener.local(), kNewcomer);
  fixture.expect_closed(surplus);
  CHECK(fixture.listener.counters().refused.value() == 1);
}

TEST_CASE("TCP: a large holder's idle connections go before its busy ones") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.connections = 3; }));
  const auto busy = fixture.client(kLargeHolder);
  send_all(busy, framed(make_query(1, kLater)));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 1; });
  const auto idle = fixture.client(kLargeHolder);
  const auto small = fixture.client(kSmallHolder);
  const auto newcomer = fixture.client(kNewcomer);
  fixture.expect_closed(idle);
  CHECK(!try_receive(busy));
  CHECK(!try_receive(small));
  CHECK(!try_receive(newcomer));
}

TEST_CASE("TCP: a client at its own limit replaces its own connections, not those of others") {
  TcpFixture fixture(limited([](TcpLimits& limits) {
    limits.connections = 10;
    limits.connections_per_client = 2;
  }));
  const auto other = fixture.client(kSmallHolder);
  const auto first = fixture.client(kLargeHolder);
  const auto second = fixture.client(kLargeHolder);
  const auto third = fixture.client(kLargeHolder);
  fixture.expect_closed(first);
  CHECK(!try_receive(other));
  CHECK(!try_receive(second));
  CHECK(!try_receive(third));
}

TEST_CASE("TCP: beyond so many queries in flight a stream is not read") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.in_flight = 4; }));
  const auto fd = fixture.client();
  for (std::uint16_t id = 0; id < 10; ++id) send_all(fd, framed(make_query(id, kLater)));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 4; });
  run_passes(fixture.loop);
  CHECK(fixture.handler.seen.size() == 4);
  for (int i = 0; i < 10; ++i) {
    run_until(fixture.loop, [&] { return !fixture.handler.owed.empty(); });
    CHECK(fixture.handler.owed.size() <= 4);
    fixture.handler.pay(0);
    CHECK(id_of(fixture.receive_message(fd)) == i);
  }
}

TEST_CASE("TCP: a client that does not read its answers is read no further, and closed when it stalls") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.stalled_output = milliseconds{50}; }));
  const auto fd = fixture.client();
  for (std::uint16_t id = 0; id < 1000; ++id) send_all(fd, framed(make_query(id, kBig)));
  run_until(fixture.loop, [&] { return fixture.listener.open_connections() == 0; });
  CHECK(fixture.listener.counters().timed_out.value() == 1);
  // Kernel buffers of both sides, and our own queue, hold no more.
  CHECK(fixture.handler.seen.size() < 500);
}

TEST_CASE("TCP: a client that reads slowly but steadily gets all of it") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.queued_output = 100'000; }));
  const auto fd = fixture.client();
  for (std::uint16_t id = 0; id < 100; ++id) send_all(fd, framed(make_query(id, kBig)));
  for (std::uint16_t id = 0; id < 100; ++id) {
    const auto message = fixture.receive_message(fd);
    CHECK(message.size() == kBigReply);
    CHECK(id_of(message) == id);
  }
}

TEST_CASE("TCP: late answers beyond the output limit close the connection instead of piling up") {
  TcpFixture fixture(limited([](TcpLimits& limits) { limits.queued_output = 1'000; }));
  const auto fd = fixture.client();
  for (std::uint16_t id = 0; id < 128; ++id) send_all(fd, framed(make_query(id, kLater)));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 128; });
  const wire::Bytes big(60'000, 1);
  for (const auto& debt : fixture.handler.owed) fixture.listener.send(debt.path, big);
  run_until(fixture.loop, [&] { return fixture.listener.open_connections() == 0; });
  CHECK(fixture.listener.counters().sent.value() < 128);
}
