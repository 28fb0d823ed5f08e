#include <catch2/catch.hpp>

#include "wire/endpoint.hpp"

namespace shirube::wire {
namespace {

bool contains(std::string_view prefix, std::string_view address) {
  return Prefix::parse(prefix)->contains(*Address::parse(address));
}

}  // namespace

TEST_CASE("a prefix contains what shares its bits") {
  CHECK(contains("10.0.0.0/8", "10.255.255.255"));
  CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  CHECK(contains("192.0.2.128/25", "192.0.2.129"));
  CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  CHECK(contains("0.0.0.0/0", "203.0.113.9"));
  CHECK(contains("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  CHECK(contains("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(contains("192.0.2.1", "192.0.2.0"));
}

TEST_CASE("families do not mix, but a mapped address is IPv4") {
  CHECK_FALSE(contains("::/0", "192.0.2.1"));
  CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  CHECK(contains("192.0.2.0/24", "::ffff:192.0.2.7"));
  CHECK_FALSE(contains("::/0", "::ffff:192.0.2.7"));
  CHECK(contains("::ffff:192.0.2.0/120", "192.0.2.7"));
}

TEST_CASE("bits behind the length are dropped") {
  CHECK(Prefix::parse("192.0.2.77/24")->text() == "192.0.2.0/24");
  CHECK(Prefix::parse("192.0.2.77")->text() == "192.0.2.77/32");
  CHECK(Prefix::parse("2001:db8:ffff::/33")->text() == "2001:db8:8000::/33");
  CHECK(Prefix::parse("::ffff:10.1.2.3/104")->text() == "10.0.0.0/8");
  CHECK(Prefix::parse("192.0.2.77/24") == Prefix::parse("192.0.2.0/24"));
}

TEST_CASE("text that is no prefix is refused") {
  for (const char* text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10/8", "::/0x"}) {
    INFO(text);
    CHECK_FALSE(Prefix::parse(text));
  }
}

}  // namespace shirube::wire
