#include <catch2/catch.hpp>

#include "sim/world.hpp"
#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::lines;
using test::Lines;
using test::question;
using wire::Type;

TEST_CASE("the zone above gets the NS of the apex, and the addresses that the zone has for them") {
  sim::World world;
  world.add_zone(".", "@ NS ns.root.\n");
  const auto tld = world.add_zone("example", "@ SOA ns h 1 2 3 4 60\n");
  world.delegate(
      world.add_zone("a.b.example", "@ NS ns\n@ NS ns.else.example.\nns A 192.0.2.1\nns AAAA 2001:db8::1\n"));
  const auto referral = world.zone(tld).lookup(question("www.a.b.example", Type::A));
  CHECK_FALSE(referral.authoritative);
  CHECK(lines(referral.authority) ==
        Lines{"a.b.example. NS ns.a.b.example.", "a.b.example. NS ns.else.example."});
  CHECK(lines(referral.additional) ==
        Lines{"ns.a.b.example. A 192.0.2.1", "ns.a.b.example. AAAA 2001:db8::1"});
  CHECK(world.zone(0).lookup(question("www.a.b.example", Type::A)).rcode == wire::Rcode::NxDomain);
}

TEST_CASE("who has nothing above, or no servers, cannot be delegated") {
  sim::World world;
  const auto top = world.add_zone("example", "@ NS ns\n");
  CHECK_THROWS_AS(world.delegate(top), std::runtime_error);
  const auto empty = world.add_zone("a.example", "@ A 192.0.2.1\n");
  CHECK_THROWS_AS(world.delegate(empty), std::runtime_error);
}

TEST_CASE("one host serves several zones: it answers from the child what the parent would refer") {
  sim::World world;
  const auto parent = world.add_zone("example", "@ SOA ns h 1 2 3 4 60\n");
  const auto child = world.add_zone("a.example", "@ NS ns\nns A 192.0.2.1\n");
  world.delegate(child);
  world.serve("192.0.2.53", parent);
  const auto& host = world.serve("192.0.2.53", child);
  CHECK(host.zones == std::vector{parent, child});
  const auto answer = world.honest(host, question("ns.a.example", Type::A));
  CHECK(answer.authoritative);
  CHECK(answer.answer.size() == 1);
}

TEST_CASE("NS come with the addresses that the zone has: how resolvers are primed") {
  const auto zone = test::zone(".", "@ NS a.root.\n@ NS b.elsewhere.\na.root. A 192.0.2.1\n");
  const auto answer = zone.lookup(question(".", Type::NS));
  CHECK(answer.authoritative);
  CHECK(answer.answer.at(0).rdatas.count() == 2);
  CHECK(lines(answer.additional) == Lines{"a.root. A 192.0.2.1"});
}
