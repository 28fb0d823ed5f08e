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

TEST_CASE("the truth asks the zone with the longest apex, for DS the one above the cut") {
  CHECK(world().truth(question("nope.b.example", Type::A)).authority.at(0).owner.text() == "b.example.");
  CHECK(world().truth(question("b.example", Type::DS)).authority.at(0).owner.text() == "example.");
}
