#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

TEST_CASE("an alias comes with its target, and both are kept") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  const auto& client = home.ask_and_wait("to.example.");
  REQUIRE(client.records() == 2);
  CHECK(client.got->answer.answer[0].type == wire::Type::CNAME);
  CHECK(client.got->answer.answer[1].owner == wire::Name::literal("www.example."));
  home.ask_and_wait("www.example.");
  home.ask_and_wait("to.example.", wire::Type::CNAME);
  CHECK(home.sent() == 1);
}

TEST_CASE("a loop of aliases ends as SERVFAIL within the budget of aliases") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  CHECK(home.ask_and_wait("loop.example.").servfail());
  CHECK(home.sent() <= cache::kMaxAliases + 1);
  CHECK(home.quiet());
}
