// An alias whose target's zone is dead: the alias is the answer to ANY, and a lookup of its address takes no
// longer than one time-out.
#include <catch2/catch.hpp>

#include "tests/support/signed_service.hpp"

using namespace shirube;
using test::SignedService;
using wire::Rcode;
using wire::Type;

namespace {

struct Dangling : SignedService {
  Dangling() {
    serve_signed("tree", "to 300 CNAME www.dead.\n", "192.0.2.1");
    serve_signed("dead", "www 300 A 192.0.2.7\n", "192.0.2.2");
    world.host(*wire::Endpoint::parse("192.0.2.2:53"))->faults.silent = true;
  }
};

}  // namespace

TEST_CASE("ANY of an alias with a dead target is the alias, at once, and asks nothing of the target") {
  Dangling home;
  const auto began = home.network.now();
  const auto any = home.answer("to.tree.", {.type = Type::ANY, .edns_size = 1232, .wants_ad = true});
  CHECK(home.network.now() - began < std::chrono::milliseconds{300});
  CHECK(any.rcode == Rcode::NoError);
  REQUIRE(any.answer.size() == 1);
  CHECK(any.answer[0].type == Type::CNAME);
  CHECK(any.authentic);
  for (const auto& sent : home.network.sent()) CHECK(sent.server != *wire::Endpoint::parse("192.0.2.2:53"));
}

TEST_CASE("the alias is the answer as well when only another part tells of it") {
  Dangling home;
  home.world.host(*wire::Endpoint::parse("192.0.2.1:53"))->faults.silent_on = {Type::CNAME};
  home.answer("to.tree.", {.type = Type::A, .edns_size = 1232});
  const auto any = home.answer("to.tree.", {.type = Type::ANY, .edns_size = 1232});
  CHECK(any.rcode == Rcode::NoError);
  REQUIRE(any.answer.size() == 1);
  CHECK(any.answer[0].type == Type::CNAME);
}

TEST_CASE("A of the alias fails no later than A of its target does") {
  Dangling direct;
  Dangling by_alias;
  auto began = direct.network.now();
  CHECK(direct.answer("www.dead.", {}).rcode == Rcode::ServFail);
  const auto patience = direct.network.now() - began;
  began = by_alias.network.now();
  CHECK(by_alias.answer("to.tree.", {}).rcode == Rcode::ServFail);
  CHECK(by_alias.network.now() - began <= patience + std::chrono::milliseconds{300});
}
