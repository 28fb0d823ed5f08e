#include "policy/access.hpp"

#include <vector>

#include <catch2/catch.hpp>

using namespace shirube;

TEST_CASE("only clients inside an allowed prefix may ask") {
  const std::vector allow{wire::Prefix::parse("127.0.0.0/8").value(), wire::Prefix::parse("::1/128").value()};
  const auto asks = [&](const char* from) {
    return policy::allowed(allow, wire::Address::parse(from).value());
  };
  CHECK(asks("127.0.0.1"));
  CHECK(asks("127.255.255.255"));
  CHECK(asks("::1"));
  CHECK(asks("::ffff:127.0.0.1"));
  CHECK_FALSE(asks("128.0.0.1"));
  CHECK_FALSE(asks("::2"));
}

TEST_CASE("an empty list allows nobody") {
  CHECK_FALSE(policy::allowed({}, wire::Address::v4(127, 0, 0, 1)));
}
