#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;

namespace {

test::SignedSetup taking_as_unsigned(std::string_view zone, std::optional<std::int64_t> expires = {}) {
  test::SignedSetup setup;
  setup.iterating.settings.trust.unsigned_zones.push_back({wire::Name::literal(zone), expires});
  return setup;
}

}  // namespace

TEST_CASE("a bogus zone is insecure under a negative trust anchor, and its neighbours stay what they are") {
  test::SignedTree home(taking_as_unsigned("example.test"));
  for (const auto zone : {home.example, home.hashed}) home.world.zone(zone).sign({.generation = 1});
  CHECK(test::insecure(home.ask_and_wait("www.example.test")));
  CHECK(home.ask_and_wait("none.example.test").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(test::fails_with(home.ask_and_wait("www.hashed.test"), wire::Ede::DnskeyMissing));
  CHECK(test::secure(home.ask_and_wait("www.safe.gaps.test")));
}

TEST_CASE("it ends when it expires, for what is in the cache as well") {
  test::SignedTree home(taking_as_unsigned("example.test", test::kBegin + 200));
  home.world.zone(home.example).sign({.generation = 1});
  CHECK(test::insecure(home.ask_and_wait("www.example.test")));
  home.network.advance(100s);
  CHECK(test::insecure(home.ask_and_wait("ns1.example.test")));
  home.network.advance(101s);
  CHECK(test::fails_with(home.ask_and_wait("to.example.test"), wire::Ede::DnskeyMissing));
  home.network.advance(101s);
  CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnskeyMissing));
}

TEST_CASE("it holds below a zone that is itself bogus") {
  test::SignedTree home(taking_as_unsigned("unsigned.test"));
  home.world.zone(home.test).sign({.generation = 1});
  CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
  CHECK(home.ask_and_wait("www.example.test").servfail());
}

TEST_CASE("a negative trust anchor at a name within a zone holds for that name") {
  test::SignedTree home(taking_as_unsigned("www.example.test"));
  home.spoil(home.example, "www.example.test", wire::Type::A, sim::bad_signature());
  CHECK(test::insecure(home.ask_and_wait("www.example.test")));
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
}
