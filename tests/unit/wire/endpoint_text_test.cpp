#include <catch2/catch.hpp>

#include "wire/endpoint.hpp"

namespace shirube::wire {
namespace {

std::string round_trip(std::string_view text) { return Endpoint::parse(text, 53)->text(); }

}  // namespace

TEST_CASE("endpoints are read with and without a port") {
  CHECK(round_trip("192.0.2.1:5300") == "192.0.2.1:5300");
  CHECK(round_trip("[2001:db8::1]:853") == "[2001:db8::1]:853");
  CHECK(round_trip("192.0.2.1") == "192.0.2.1:53");
  CHECK(round_trip("::1") == "[::1]:53");
  CHECK(round_trip("[::1]") == "[::1]:53");
}

TEST_CASE("a port is asked for unless there is a default") {
  CHECK_FALSE(Endpoint::parse("192.0.2.1"));
  CHECK_FALSE(Endpoint::parse("::1"));
  CHECK(Endpoint::parse("[::1]:53"));
}

TEST_CASE("a bare IPv6 address may end in digits meant as a port") {
  for (const char* text : {"::1:53", "2001:db8::53:53", "fe80::1:5353", "::53:53"}) {
    INFO(text);
    CHECK(may_end_in_port(text));
  }
  for (const char* text : {"::1", "::53", "2001:db8::53", "2001:db8:0:1:2:3:4:53", "[::1]:53", "[::1:53]",
                           "::1:abcd", "192.0.2.1:53", "::ffff:192.0.2.1", "::1:99999", ""}) {
    INFO(text);
    CHECK_FALSE(may_end_in_port(text));
  }
}

TEST_CASE("text that is no endpoint is refused") {
  for (const char* text :
       {"", ":53", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:-1", "192.0.2.1:53x", "192.0.2.1:+5", "[::1",
        "[::1]53", "[::1]:", "[192.0.2.1]:53", "[]", "example.org:53", "192.0.2", "1.2.3.4.5", "192.0.2.256",
        "::1::", "fe80::1%eth0", " 192.0.2.1"}) {
    INFO(text);
    CHECK_FALSE(Endpoint::parse(text, 53));
  }
}

TEST_CASE("an IPv4-mapped address is its IPv4 address, others stay") {
  CHECK(Address::parse("::ffff:192.0.2.1")->unmapped() == Address::v4(192, 0, 2, 1));
  CHECK(Address::parse("::192.0.2.1")->unmapped().family == Family::V6);
  CHECK(Address::v4(1, 2, 3, 4).unmapped().text() == "1.2.3.4");
}

TEST_CASE("endpoints that differ in address, family or port are different and hash so") {
  const EndpointHash hash;
  const Endpoint base = *Endpoint::parse("192.0.2.1:53");
  for (const char* text : {"192.0.2.2:53", "192.0.2.1:54", "[c000:201::]:53"}) {
    const Endpoint other = *Endpoint::parse(text);
    CHECK_FALSE(base == other);
  }
  CHECK(hash(base) == hash(*Endpoint::parse("192.0.2.1:53")));
  CHECK(hash(base) != hash(*Endpoint::parse("192.0.2.1:54")));
  CHECK(hash(*Endpoint::parse("[::1]:53")) != hash(*Endpoint::parse("[::2]:53")));
}

}  // namespace shirube::wire
