#include <catch2/catch.hpp>

#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::lines;
using test::Lines;
using test::question;
using wire::Type;

namespace {

const auto kParent = test::zone("example", R"(@ SOA ns h 1 2 3 4 60
@ NS ns
ns A 192.0.2.1
child NS ns.child
child NS ns
child NS ns.elsewhere.test.
child DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000
ns.child A 192.0.2.2
ns.child AAAA 2001:db8::2
)");

}  // namespace

TEST_CASE("a name below a cut gets a referral with the glue that the zone has") {
  for (const auto* name : {"www.child.example", "child.example", "ns.child.example"}) {
    const auto answer = kParent.lookup(question(name, Type::A));
    CHECK(answer.rcode == wire::Rcode::NoError);
    CHECK(answer.answer.empty());
    CHECK_FALSE(answer.authoritative);
    CHECK(answer.authority.at(0).rdatas.count() == 3);
    CHECK(answer.authority.at(1).type == Type::DS);
    CHECK(lines(answer.additional) == Lines{"ns.child.example. A 192.0.2.2",
                                            "ns.child.example. AAAA 2001:db8::2", "ns.example. A 192.0.2.1"});
  }
}

TEST_CASE("DS at a cut is answered by the parent") {
  const auto answer = kParent.lookup(question("child.example", Type::DS));
  CHECK(answer.authoritative);
  REQUIRE(answer.answer.size() == 1);
  CHECK(answer.answer[0].type == Type::DS);
}

TEST_CASE("the NS at the apex is data, not a cut") {
  const auto answer = kParent.lookup(question("example", Type::NS));
  CHECK(answer.authoritative);
  CHECK(lines(answer.answer) == Lines{"example. NS ns.example."});
}

TEST_CASE("a name outside the zone is refused") {
  CHECK(kParent.lookup(question("test", Type::A)).rcode == wire::Rcode::Refused);
}
