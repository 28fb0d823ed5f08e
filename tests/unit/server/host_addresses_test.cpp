#include "server/host_addresses.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace shirube;

TEST_CASE("the host's addresses have loopback among them, and no other kind of address") {
  const auto addresses = server::host_addresses();
  CHECK(std::ranges::count(addresses, *wire::Address::parse("127.0.0.1")) == 1);
  CHECK(std::ranges::count(addresses, *wire::Address::parse("0.0.0.0")) == 0);
  CHECK(std::ranges::count(addresses, *wire::Address::parse("::")) == 0);
}
