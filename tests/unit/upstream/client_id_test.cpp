#include "upstream/client_id.hpp"

#include <catch2/catch.hpp>

#include "upstream/holders.hpp"

using namespace shirube;
using upstream::client_id;

namespace {

[[nodiscard]] upstream::ClientId id_of(std::string_view address) {
  return client_id(*wire::Address::parse(address));
}

}  // namespace

TEST_CASE("a client is its /24 of IPv4 or its /56 of IPv6") {
  CHECK(id_of("192.0.2.1") == id_of("192.0.2.254"));
  CHECK(id_of("192.0.2.1") != id_of("192.0.3.1"));
  CHECK(id_of("192.0.2.1") == id_of("::ffff:192.0.2.7"));
  CHECK(id_of("2001:db8:0:1200::1") == id_of("2001:db8:0:12ff:ffff::1"));
  CHECK(id_of("2001:db8:0:1200::1") != id_of("2001:db8:0:1300::1"));
}

TEST_CASE("loopback addresses are clients of their own, and none is the resolver itself") {
  CHECK(id_of("127.0.0.1") != id_of("127.0.0.2"));
  CHECK(id_of("127.0.0.1") == id_of("::ffff:127.0.0.1"));
  CHECK(id_of("::1") != id_of("127.0.0.1"));
  CHECK(id_of("::1") != id_of("::2"));
  for (const auto* address : {"0.0.0.0", "::", "::1", "127.0.0.1"})
    CHECK(id_of(address) != upstream::ClientId{});
}

TEST_CASE("the largest holder is the client with most places, and loses them one by one") {
  upstream::Holders holders;
  for (int i = 0; i < 3; ++i) holders.take(id_of("192.0.2.1"));
  for (int i = 0; i < 2; ++i) holders.take(id_of("198.51.100.1"));
  CHECK(holders.largest().client == id_of("192.0.2.200"));
  CHECK(holders.largest().places == 3);
  for (int i = 0; i < 2; ++i) holders.give_back(id_of("192.0.2.1"));
  CHECK(holders.largest().client == id_of("198.51.100.1"));
  holders.give_back(id_of("192.0.2.1"));
  CHECK(holders.of(id_of("192.0.2.1")) == 0);
}
