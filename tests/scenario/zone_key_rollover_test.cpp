#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;

TEST_CASE("trust follows a zone to its new keys once the old ones have expired") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.world.sign(home.example, {.generation = 1});
  home.network.advance(3'601s);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.failures.seen.empty());
}

TEST_CASE("a zone that changes its keys with no regard for TTLs is well again when its DS have expired") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.world.sign(home.example, {.algorithm = dnssec::Algorithm::Ed25519});
  static_cast<void>(home.ask_and_wait("ns1.example.test"));
  home.network.advance(3'601s);
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}
