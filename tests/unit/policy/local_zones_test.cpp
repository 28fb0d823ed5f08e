#include "policy/local_zones.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "policy/local_names.hpp"

using namespace shirube;
using namespace shirube::policy;

namespace {

std::string zone_of(std::string_view name) {
  const auto zone = local_zone_of(wire::Name::literal(name));
  return zone ? zone->text() : "";
}

const std::string kZeros = "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.";

}  // namespace

TEST_CASE("every zone of RFC 6303, 6761, 7686, 7793, 8375 and 9462 is in the table") {
  for (const std::string zone : {"localhost.",
                                 "invalid.",
                                 "test.",
                                 "onion.",
                                 "home.arpa.",
                                 "resolver.arpa.",
                                 "10.in-addr.arpa.",
                                 "168.192.in-addr.arpa.",
                                 "0.in-addr.arpa.",
                                 "127.in-addr.arpa.",
                                 "254.169.in-addr.arpa.",
                                 "2.0.192.in-addr.arpa.",
                                 "100.51.198.in-addr.arpa.",
                                 "113.0.203.in-addr.arpa.",
                                 "255.255.255.255.in-addr.arpa.",
                                 "d.f.ip6.arpa.",
                                 "8.e.f.ip6.arpa.",
                                 "9.e.f.ip6.arpa.",
                                 "a.e.f.ip6.arpa.",
                                 "b.e.f.ip6.arpa.",
                                 "8.b.d.0.1.0.0.2.ip6.arpa."}) {
    CHECK(zone_of(zone) == zone);
    CHECK(zone_of("a.b." + zone) == zone);
  }
  CHECK(zone_of("0." + kZeros + "ip6.arpa.") == "0." + kZeros + "ip6.arpa.");
  CHECK(zone_of("1." + kZeros + "ip6.arpa.") == "1." + kZeros + "ip6.arpa.");
  for (int octet = 16; octet <= 31; ++octet) {
    const std::string zone = std::to_string(octet) + ".172.in-addr.arpa.";
    CHECK(zone_of("1." + zone) == zone);
  }
  for (int octet = 64; octet <= 127; ++octet) {
    const std::string zone = std::to_string(octet) + ".100.in-addr.arpa.";
    CHECK(zone_of("1." + zone) == zone);
  }
  CHECK(local_zones().size() == 23 + 16 + 64);
}

TEST_CASE("names beside the table are not local") {
  for (const std::string name : {".",
                                 "arpa.",
                                 "in-addr.arpa.",
                                 "example.",
                                 "www.example.",
                                 "local.",
                                 "notlocalhost.",
                                 "localhost.example.",
                                 "15.172.in-addr.arpa.",
                                 "32.172.in-addr.arpa.",
                                 "63.100.in-addr.arpa.",
                                 "128.100.in-addr.arpa.",
                                 "110.in-addr.arpa.",
                                 "254.255.255.255.in-addr.arpa.",
                                 "255.255.255.in-addr.arpa.",
                                 "c.e.f.ip6.arpa.",
                                 "f.ip6.arpa.",
                                 "ipv4only.arpa.",
                                 "xn--test.",
                                 "192.in-addr.arpa."}) {
    CHECK(zone_of(name).empty());
  }
  CHECK(zone_of("2." + kZeros + "ip6.arpa.").empty());
}

TEST_CASE("no local zone lies inside another") {
  for (const LocalZone& outer : local_zones()) {
    for (const LocalZone& inner : local_zones()) {
      CHECK((&outer == &inner || !inner.apex.is_within(outer.apex)));
    }
  }
}
