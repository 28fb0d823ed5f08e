#include <catch2/catch.hpp>

#include "sim/world.hpp"
#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::lines;
using test::Lines;
using test::question;
using wire::Rcode;
using wire::Type;

namespace {

[[nodiscard]] sim::World world() {
  sim::World world;
  world.add_zone("example", "@ SOA ns h 1 2 3 4 60\na NS ns.a\nb NS ns.b\nlost NS ns.lost\n");
  world.add_zone("a.example",
                 "@ SOA ns h 1 2 3 4 60\nwww CNAME host.b\n$ORIGIN example.\nloop.a CNAME loop.b\n"
                 "out.a CNAME host.b\n");
  world.add_zone("b.example", "@ SOA ns h 1 2 3 4 60\nhost A 192.0.2.1\nloop CNAME loop.a.example.\n");
  return world;
}

}  // namespace

TEST_CASE("the truth follows aliases into other zones") {
  CHECK(lines(world().truth(question("out.a.example", Type::A)).answer) ==
        Lines{"out.a.example. CNAME host.b.example.", "host.b.example. A 192.0.2.1"});
}

TEST_CASE("the truth of a loop, a delegation to nowhere and a name outside all zones is SERVFAIL") {
  for (const auto* name : {"loop.a.example", "www.lost.example", "other.test"}) {
    const auto answer = world().truth(question(name, Type::A));
    CHECK(answer.rcode == Rcode::ServFail);
    CHECK(answer.answer.empty());
    CHECK(answer.authority.empty());
  }
}

TEST_CASE("the truth is what the end of the delegations says, for DS what the zone above the cut says") {
  CHECK(world().truth(question("nope.b.example", Type::A)).authority.at(0).owner.text() == "b.example.");
  CHECK(world().truth(question("b.example", Type::DS)).authority.at(0).owner.text() == "example.");
}

TEST_CASE("a zone that nobody delegates to does not exist, unless nothing is above it") {
  auto all = world();
  all.add_zone("c.example", "@ SOA ns h 1 2 3 4 60\nhost A 192.0.2.2\n");
  CHECK(all.truth(question("host.c.example", Type::A)).rcode == Rcode::NxDomain);
  all.zone(0).add("c NS ns.b\n");
  CHECK(all.truth(question("host.c.example", Type::A)).answer.size() == 1);
}

TEST_CASE("the parent's records at a cut and below it are glue, the child's are the truth") {
  sim::World all;
  all.add_zone("example", "@ SOA ns h 1 2 3 4 60\na NS ns.a\nns.a A 192.0.2.9\nold.a A 192.0.2.9\n");
  all.add_zone("a.example", "@ SOA ns h 1 2 3 4 60\n@ NS ns\n@ NS ns2\nns A 192.0.2.1\n");
  const auto servers = all.truth(question("a.example", Type::NS));
  CHECK(lines(servers.answer) == Lines{"a.example. NS ns.a.example.", "a.example. NS ns2.a.example."});
  CHECK(servers.authority.empty());
  CHECK(lines(all.truth(question("ns.a.example", Type::A)).answer) == Lines{"ns.a.example. A 192.0.2.1"});
  CHECK(all.truth(question("old.a.example", Type::A)).rcode == Rcode::NxDomain);
}
