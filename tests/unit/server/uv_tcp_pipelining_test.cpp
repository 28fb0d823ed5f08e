#include <catch2/catch.hpp>

#include "tcp_listener_fixture.hpp"

using namespace shirube;
using namespace shirube::server;

TEST_CASE_METHOD(TcpFixture, "TCP: pipelined queries are answered, whatever the segments") {
  const auto fd = client();
  wire::Bytes stream;
  for (std::uint16_t id = 0; id < 300; ++id) {
    const auto frame = framed(make_query(id));
    stream.insert(stream.end(), frame.begin(), frame.end());
  }
  send_all(fd, wire::BytesView(stream).first(1001));
  run_passes(loop);
  send_all(fd, wire::BytesView(stream).subspan(1001));
  for (std::uint16_t id = 0; id < 300; ++id) CHECK(receive_message(fd) == make_reply(make_query(id)));
  CHECK(listener.counters().received.value() == 300);
  CHECK(listener.counters().sent.value() == 300);
}

TEST_CASE_METHOD(TcpFixture, "TCP: big answers to pipelined queries all reach a client that reads") {
  constexpr std::uint16_t kQueries = 20;  // far more octets than TcpLimits::queued_output and kernel buffers
  const auto letter = GENERATE(kBig, kBigSent);
  const auto fd = client();
  wire::Bytes stream;
  for (std::uint16_t id = 0; id < kQueries; ++id) {
    const auto frame = framed(make_query(id, letter));
    stream.insert(stream.end(), frame.begin(), frame.end());
  }
  send_all(fd, stream);
  run_until(loop, [&] { return !handler.seen.empty(); });
  CHECK(handler.seen.size() < kQueries);
  for (std::uint16_t id = 0; id < kQueries; ++id) {
    const auto reply = receive_message(fd);
    CHECK(id_of(reply) == id);
    CHECK(reply.size() == kBigReply);
  }
  CHECK(handler.seen.size() == kQueries);
  CHECK(listener.open_connections() == 1);
}

TEST_CASE_METHOD(TcpFixture, "TCP: answers leave in the order in which they become ready") {
  const auto fd = client();
  for (std::uint16_t id = 1; id <= 3; ++id) send_all(fd, framed(make_query(id, kLater)));
  send_all(fd, framed(make_query(4, kAtOnce)));
  run_until(loop, [&] { return handler.owed.size() == 3; });
  CHECK(id_of(receive_message(fd)) == 4);
  handler.pay(2);
  CHECK(id_of(receive_message(fd)) == 3);
  handler.pay(0);
  CHECK(id_of(receive_message(fd)) == 1);
  handler.pay(0);
  CHECK(id_of(receive_message(fd)) == 2);
}

TEST_CASE_METHOD(TcpFixture, "TCP: octets behind the message within its frame are tolerated") {
  const auto fd = client();
  auto query = make_query(9);
  query.resize(query.size() + 5);
  send_all(fd, framed(query));
  CHECK(id_of(receive_message(fd)) == 9);
}

TEST_CASE_METHOD(TcpFixture, "TCP: after a half-close the client still gets its answers, then the end") {
  const auto fd = client();
  send_all(fd, framed(make_query(1, kLater)));
  send_all(fd, framed(make_query(2, kLater)));
  send_all(fd, framed(make_query(3, kAtOnce)));
  ::shutdown(fd.get(), SHUT_WR);
  run_until(loop, [&] { return handler.owed.size() == 2; });
  CHECK(id_of(receive_message(fd)) == 3);
  handler.pay(1);
  CHECK(id_of(receive_message(fd)) == 2);
  run_passes(loop);
  CHECK(!try_receive(fd));
  listener.abandon(handler.owed[0].path);
  expect_closed(fd);
  CHECK(listener.open_connections() == 0);
}

TEST_CASE_METHOD(TcpFixture, "TCP: an empty message closes the connection") {
  const auto fd = client();
  send_all(fd, wire::Bytes{0, 0});
  expect_closed(fd);
  CHECK(handler.seen.empty());
}

TEST_CASE_METHOD(TcpFixture, "TCP: a reset is survived, and the reply that comes too late is dropped") {
  const auto descriptors = open_descriptors();
  {
    const auto fd = client();
    send_all(fd, framed(make_query(1, kLater)));
    run_until(loop, [&] { return handler.owed.size() == 1; });
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  }
  run_until(loop, [&] { return listener.open_connections() == 0; });
  handler.pay(0);
  CHECK(listener.counters().dropped.value() == 1);
  CHECK(open_descriptors() == descriptors);
  const auto fd = client();
  send_all(fd, framed(make_query(2)));
  CHECK(id_of(receive_message(fd)) == 2);
}

TEST_CASE("TCP: a listener with connections leaves no descriptor behind") {
  const UvLoop first;  // with which libuv opens what it keeps until the process ends
  const auto descriptors = open_descriptors();
  {
    TcpFixture fixture;
    const auto fd = fixture.client();
    send_all(fd, framed(make_query(1, kLater)));
    run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 1; });
  }
  CHECK(open_descriptors() == descriptors);
}
