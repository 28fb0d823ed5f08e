#include "server/listen_sockets.hpp"

#include <catch2/catch.hpp>

#include "loop_fixture.hpp"

using namespace shirube;
using namespace shirube::server;

TEST_CASE("each worker gets its own pair of sockets on the same port") {
  const auto pairs = open_listen_sockets(loopback("127.0.0.1:0"), 3);
  REQUIRE(pairs);
  REQUIRE(pairs->size() == 3);
  const auto endpoint = local_endpoint((*pairs)[0].udp.get());
  CHECK(endpoint.port != 0);
  for (const auto& pair : *pairs) {
    CHECK(local_endpoint(pair.udp.get()) == endpoint);
    CHECK(local_endpoint(pair.tcp.get()) == endpoint);
  }
}

TEST_CASE("a port that another server shares out is in use all the same") {
  const auto first = open_listen_sockets(loopback("127.0.0.1:0"), 2);
  REQUIRE(first);
  const auto endpoint = local_endpoint((*first)[0].udp.get());
  const auto second = open_listen_sockets(endpoint, 1);
  REQUIRE(!second);
  CHECK(second.error().fault == ListenFault::AddressInUse);
  CHECK(second.error().text == "cannot listen on UDP " + endpoint.text() + ": Address already in use");
}

TEST_CASE("a port that is taken for TCP only is in use") {
  const auto taken = bound_socket(SOCK_STREAM, loopback("127.0.0.1:0"));
  const auto result = open_listen_sockets(local_endpoint(taken.get()), 1);
  REQUIRE(!result);
  CHECK(result.error().fault == ListenFault::AddressInUse);
}

TEST_CASE("an address that the host lacks is waited for") {
  for (const auto* missing : {"192.0.2.1:0", "[2001:db8::1]:0"}) {
    INFO(missing);
    const auto result = open_listen_sockets(loopback(missing), 1);
    if (!result) {
      CHECK(result.error().fault == ListenFault::FamilyUnsupported);  // a host without IPv6
      continue;
    }
    CHECK(local_endpoint((*result)[0].udp.get()).address == loopback(missing).address);
    CHECK_FALSE(host_has(loopback(missing).address));
  }
  CHECK(host_has(loopback("127.0.0.1:0").address));
  CHECK(host_has(loopback("0.0.0.0:0").address));
}

TEST_CASE("IPv4 and IPv6 wildcards stand beside each other") {
  const auto v4 = open_listen_sockets(loopback("0.0.0.0:0"), 1);
  REQUIRE(v4);
  const auto port = local_endpoint((*v4)[0].udp.get()).port;
  const auto v6 = open_listen_sockets({*wire::Address::parse("::"), port}, 1);
  if (!v6) CHECK(v6.error().fault == ListenFault::FamilyUnsupported);  // a host without IPv6
}
