#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using dnssec::Algorithm;

TEST_CASE("a zone that was bogus for long is well within a minute after it has been mended") {
  test::SignedTree home;
  home.world.zone(home.example).sign({.generation = 1});
  for (int i = 0; i < 100; ++i) {
    CHECK(home.ask_and_wait("www.example.test").servfail());
    home.network.advance(3s);
  }
  home.world.sign(home.example, {});
  home.network.advance(61s);
  static_cast<void>(home.ask_and_wait("www.example.test"));
  home.network.advance(1s);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}

TEST_CASE("a zone whose DS is put right, or taken back, is well when the wrong one has expired") {
  const bool taken_back = GENERATE(true, false);
  test::SignedTree home;
  home.world.zone(home.example).sign({.generation = 1});
  CHECK(home.ask_and_wait("www.example.test").servfail());
  if (taken_back) {
    home.spoil(home.test, "example.test", wire::Type::DS, sim::missing());
    home.world.zone(home.test).remove(wire::Name::literal("example.test"));
    home.serve("example.test", test::kTreeText, {"192.0.2.12"});
  } else {
    home.world.sign(home.example, {.generation = 1});
  }
  home.network.advance(3'601s);
  const auto& client = home.ask_and_wait("www.example.test");
  CAPTURE(test::reason(client));
  CHECK((taken_back ? test::insecure(client) : test::secure(client)));
}
