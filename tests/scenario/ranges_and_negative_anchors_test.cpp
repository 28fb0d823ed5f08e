#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Rcode;

TEST_CASE("a zone with a negative trust anchor is asked for though a gap above denies it") {
  upstream::UpstreamSettings settings;
  settings.trust.unsigned_zones.push_back({Name::literal("hidden.test")});
  SignedTree home({.iterating = {.settings = settings}});
  // test. has been heard to deny what stands between its zones.
  for (char c = 'a'; c <= 'z'; ++c)
    REQUIRE(home.ask_and_wait(fmt::format("{}nothing.test", c)).got->answer.rcode == Rcode::NxDomain);
  const auto before = home.sent();
  static_cast<void>(home.ask_and_wait("www.hidden.test"));
  CHECK(home.sent() > before);
  CHECK_FALSE(home.ask_and_wait("www.hidden.test").got->answer.authentic);
  CHECK(home.quiet());
}
