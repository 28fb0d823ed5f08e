#include "server/uv_udp_listener.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "handler_fixture.hpp"
#include "server/listen_sockets.hpp"

using namespace shirube;
using namespace shirube::server;

namespace {

struct UdpFixture {
  explicit UdpFixture(std::string_view at = "127.0.0.1:0")
      : listener(loop, std::move(open_listen_sockets(loopback(at), 1).value()[0].udp), handler) {}

  [[nodiscard]] OwnedFd client() const { return connected_socket(SOCK_DGRAM, listener.local()); }

  UvLoop loop;
  ScriptedHandler handler;
  UvUdpListener listener;
};

struct WildcardFixture : UdpFixture {
  WildcardFixture() : UdpFixture("0.0.0.0:0") {}
};

}  // namespace

TEST_CASE_METHOD(UdpFixture, "UDP: replied, later and silent queries") {
  const auto fd = client();
  send_all(fd, make_query(1, kAtOnce));
  CHECK(receive(loop, fd) == make_reply(make_query(1, kAtOnce)));
  send_all(fd, make_query(2, kSilent));
  send_all(fd, make_query(3, kLater));
  run_until(loop, [&] { return handler.owed.size() == 1; });
  CHECK(!try_receive(fd));
  CHECK(handler.owed[0].path.peer == local_endpoint(fd.get()));
  CHECK(handler.owed[0].path.local == listener.local().address);
  handler.pay(0);
  CHECK(receive(loop, fd) == make_reply(make_query(3, kLater)));
  CHECK(listener.counters().received.value() == 3);
  CHECK(listener.counters().sent.value() == 2);
  CHECK(listener.counters().dropped_send.value() == 0);
}

TEST_CASE_METHOD(UdpFixture, "UDP: more queries than a batch holds are all answered, each client its own") {
  const auto one = client();
  const auto two = client();
  for (std::uint16_t id = 0; id < 80; ++id) {
    send_all(one, make_query(id, kAtOnce));
    send_all(two, make_query(static_cast<std::uint16_t>(id + 1000), id % 2 == 0 ? kAtOnce : kLater));
  }
  run_until(loop, [&] { return handler.seen.size() == 160; });
  while (!handler.owed.empty()) handler.pay(0);
  std::set<std::uint16_t> ids;
  for (int i = 0; i < 80; ++i) {
    CHECK(id_of(receive(loop, one)) == i);
    ids.insert(id_of(receive(loop, two)));
  }
  CHECK(ids.size() == 80);
  CHECK(*ids.begin() == 1000);
  CHECK(*ids.rbegin() == 1079);
  CHECK(listener.counters().sent.value() == 160);
}

TEST_CASE_METHOD(UdpFixture, "UDP: an oversized datagram is dropped and counted") {
  const auto fd = client();
  send_all(fd, wire::Bytes(kMaxDatagram + 1, kAtOnce));
  send_all(fd, make_query(5));
  CHECK(id_of(receive(loop, fd)) == 5);
  CHECK(handler.seen.size() == 1);
  CHECK(listener.counters().truncated_in.value() == 1);
  CHECK(listener.counters().received.value() == 1);
}

TEST_CASE_METHOD(UdpFixture, "UDP: a reply that cannot be sent does not take others with it") {
  const auto fd = client();
  for (std::uint16_t id = 1; id <= 4; ++id) send_all(fd, make_query(id, kLater));
  run_until(loop, [&] { return handler.owed.size() == 4; });
  handler.owed[1].path.peer.port = 0;  // EINVAL
  listener.send(handler.owed[0].path, wire::Bytes(kMaxDatagram + 1));
  while (!handler.owed.empty()) handler.pay(0);
  CHECK(id_of(receive(loop, fd)) == 1);
  CHECK(id_of(receive(loop, fd)) == 3);
  CHECK(id_of(receive(loop, fd)) == 4);
  CHECK(listener.counters().sent.value() == 3);
  CHECK(listener.counters().dropped_send.value() == 2);
}

TEST_CASE_METHOD(WildcardFixture,
                 "UDP: on a wildcard socket the reply leaves from the address that was asked") {
  const auto fd = connected_socket(SOCK_DGRAM, {wire::Address::v4(127, 0, 0, 5), listener.local().port});
  // The client's socket is connected: a reply from elsewhere would not reach it.
  send_all(fd, make_query(1, kAtOnce));
  CHECK(id_of(receive(loop, fd)) == 1);
  CHECK(handler.paths[0].local == wire::Address::v4(127, 0, 0, 5));
  send_all(fd, make_query(2, kLater));
  run_until(loop, [&] { return handler.owed.size() == 1; });
  handler.pay(0);
  CHECK(id_of(receive(loop, fd)) == 2);
}

TEST_CASE("UDP: IPv6, by address and by wildcard") {
  const auto* at = GENERATE("[::1]:0", "[::]:0");
  if (!open_listen_sockets(loopback(at), 1)) return;  // a host without IPv6
  UdpFixture fixture(at);
  const auto fd = connected_socket(SOCK_DGRAM, {*wire::Address::parse("::1"), fixture.listener.local().port});
  send_all(fd, make_query(1, kAtOnce));
  CHECK(id_of(receive(fixture.loop, fd)) == 1);
  CHECK(fixture.handler.paths[0].local == *wire::Address::parse("::1"));
  send_all(fd, make_query(2, kLater));
  run_until(fixture.loop, [&] { return fixture.handler.owed.size() == 1; });
  fixture.handler.pay(0);
  CHECK(id_of(receive(fixture.loop, fd)) == 2);
}

TEST_CASE("UDP: a listener leaves no descriptor behind") {
  const UvLoop first;  // with which libuv opens what it keeps until the process ends
  const auto descriptors = open_descriptors();
  {
    const UdpFixture fixture;
  }
  CHECK(open_descriptors() == descriptors);
}
