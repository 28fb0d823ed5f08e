#include <catch2/catch.hpp>

#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::question;
using wire::Rcode;
using wire::Type;

TEST_CASE("a name that only has names below it exists: NOERROR without data") {
  const auto zone = test::zone("a.example", "@ SOA ns h 1 2 3 4 60\nx.y.z A 192.0.2.1\n");
  for (const auto* name : {"y.z.a.example", "z.a.example"}) {
    const auto answer = zone.lookup(question(name, Type::A));
    CHECK(answer.rcode == Rcode::NoError);
    CHECK(answer.answer.empty());
    CHECK(answer.authority.size() == 1);
    CHECK(answer.authoritative);
  }
  CHECK(zone.lookup(question("zz.a.example", Type::A)).rcode == Rcode::NxDomain);
  CHECK(zone.lookup(question("a.x.y.z.a.example", Type::A)).rcode == Rcode::NxDomain);
}

TEST_CASE("an empty wildcard node gives NOERROR for the names it covers") {
  const auto zone = test::zone("a.example", "@ SOA ns h 1 2 3 4 60\nsub.* TXT \"x\"\n");
  CHECK(zone.lookup(question("foo.a.example", Type::A)).rcode == Rcode::NoError);
}
