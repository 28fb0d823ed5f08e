#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("the root's servers are authentic from the very first question on") {
  test::SignedHost home;
  CHECK(test::secure(home.ask_and_wait(".", Type::NS)));
  CHECK(test::secure(home.ask_and_wait(".", Type::NS)));
  CHECK(home.quiet());
}

TEST_CASE("also when another question was first, and several come at once") {
  test::SignedTree home;
  auto& other = home.ask("www.example.test");
  auto& first = home.ask(".", Type::NS);
  auto& second = home.ask(".", Type::NS);
  home.network.run();
  CHECK(test::secure(other));
  CHECK(test::secure(first));
  CHECK(test::secure(second));
}

TEST_CASE("they are not told where their signature is bad, and the tree below is well") {
  test::SignedTree home;
  home.spoil(0, ".", Type::NS, sim::bad_signature());
  const auto& client = home.ask_and_wait(".", Type::NS);
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
  CHECK_THAT(test::reason(client), Catch::Contains(". NS"));
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}
