// Which addresses out of the DNS are asked, and over which family.
#include "upstream/askable.hpp"

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::Ipv6Transport;
using upstream::UpstreamSettings;
using wire::Family;

TEST_CASE("this host, multicast, broadcast and mapped addresses are never asked") {
  const UpstreamSettings settings;
  for (const auto* text : {"0.0.0.0", "::", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
                           "ff02::1", "::ffff:192.0.2.1"}) {
    INFO(text);
    CHECK_FALSE(upstream::may_ask(settings, address(text)));
  }
  for (const auto* text : {"192.0.2.1", "223.255.255.255", "0.0.0.1", "2001:db8::1", "fe80::1", "::1"}) {
    INFO(text);
    CHECK(upstream::may_ask(settings, address(text)));
  }
}

TEST_CASE("what the administrator forbids is not asked") {
  UpstreamSettings settings;
  settings.do_not_query = {*wire::Prefix::parse("10.0.0.0/8"), *wire::Prefix::parse("fe80::/10")};
  CHECK_FALSE(upstream::may_ask(settings, address("10.1.2.3")));
  CHECK_FALSE(upstream::may_ask(settings, address("febf::1")));
  CHECK(upstream::may_ask(settings, address("11.0.0.1")));
  CHECK(upstream::may_ask(settings, address("fec0::1")));
}

TEST_CASE("we do not ask ourselves; on another port it may be somebody else") {
  UpstreamSettings settings;
  settings.own = {endpoint("192.0.2.1:53"), endpoint("192.0.2.2:5353")};
  CHECK_FALSE(upstream::may_ask(settings, address("192.0.2.1")));
  CHECK(upstream::may_ask(settings, address("192.0.2.2")));
  CHECK(upstream::is_ourselves(settings, endpoint("192.0.2.2:5353")));
  CHECK_FALSE(upstream::is_ourselves(settings, endpoint("192.0.2.2:53")));
  CHECK_FALSE(upstream::is_ourselves(settings, endpoint("192.0.2.1:5353")));
}

TEST_CASE("a family that is switched off is not used, whatever routes there are") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  UpstreamSettings settings;
  settings.ipv4 = false;
  settings.ipv6 = Ipv6Transport::No;
  for (const auto family : {Family::V4, Family::V6}) {
    network.set_route(family, true);
    CHECK_FALSE(upstream::may_use(settings, family));
    CHECK_FALSE(upstream::can_reach(settings, network, family));
  }
}

TEST_CASE("only IPv6 on automatic follows the routes") {
  sim::World world;
  sim::SimulatedNetwork network(world, 1);
  UpstreamSettings settings;
  network.set_route(Family::V4, false);
  network.set_route(Family::V6, false);
  CHECK(upstream::can_reach(settings, network, Family::V4));
  CHECK(upstream::may_use(settings, Family::V6));
  CHECK_FALSE(upstream::can_reach(settings, network, Family::V6));
  network.set_route(Family::V6, true);
  CHECK(upstream::can_reach(settings, network, Family::V6));
  network.set_route(Family::V6, false);
  settings.ipv6 = Ipv6Transport::Yes;
  CHECK(upstream::can_reach(settings, network, Family::V6));
}
