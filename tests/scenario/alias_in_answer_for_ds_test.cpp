#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

// What stands beside a DS is the zone's above, also where nobody signs the zone below.
TEST_CASE("an alias for the DS of an unsigned zone needs the signature of the zone above") {
  test::SignedTree home;
  CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
  auto& server = home.host(test::SignedTree::kTldServer);
  server.script =
      test::about("unsigned.test", test::saying({.answer = "unsigned.test. 300 CNAME safe.gaps.test.\n"}));
  const auto& forged = home.ask_and_wait("unsigned.test", Type::DS);
  CAPTURE(test::reason(forged));
  CHECK(test::fails_with(forged, wire::Ede::RrsigsMissing));
  server.script = {};
  home.network.advance(std::chrono::seconds{2});
  const auto& honest = home.ask_and_wait("unsigned.test", Type::DS);
  CHECK(honest.noerror());
  CHECK(honest.records() == 0);
  CHECK(honest.got->answer.authentic);
  CHECK(home.quiet());
}

TEST_CASE("the signature of the zone itself does not do") {
  test::SignedTree home;
  const auto victim = wire::Name::literal("example.test");
  wire::RRset alias{.owner = victim, .type = Type::CNAME, .ttl = 300};
  alias.rdatas.add(wire::Name::literal("safe.gaps.test").wire());
  alias.signatures = home.world.zone(home.example).signer()->sign(alias);
  wire::Answer forged;
  forged.authoritative = true;
  forged.answer.push_back(std::move(alias));
  home.host(test::SignedTree::kTldServer).script = test::about("example.test", std::move(forged));
  const auto& client = home.ask_and_wait("example.test", Type::DS);
  CAPTURE(test::reason(client));
  CHECK(client.servfail());
  CHECK(home.quiet());
}

TEST_CASE("where it has that, or nobody signs the zone above, the DS at its end is told") {
  test::SignedTree home;
  home.world.zone(home.example).add("kid 300 CNAME safe.gaps.test.\n");
  const auto& secure = home.ask_and_wait("kid.example.test", Type::DS);
  CHECK(test::secure(secure));
  CHECK(secure.records() == 2);
  home.world.zone(home.not_signed).add("kid 300 CNAME safe.gaps.test.\n");
  const auto& insecure = home.ask_and_wait("kid.unsigned.test", Type::DS);
  CHECK(test::insecure(insecure));
  CHECK(insecure.records() == 2);
  CHECK(home.quiet());
}
