#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

TEST_CASE("nothing stale stands in for what is bogus") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.network.advance(301s);
  home.spoil(home.example, "www.example.test", Type::A, sim::bad_signature());
  for (int i = 0; i < 3; ++i) {
    CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnssecBogus));
    home.network.advance(1s);
  }
}

TEST_CASE("a renewal that turns out bogus leaves what is fresh alone") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.spoil(home.example, "www.example.test", Type::A, sim::bad_signature());
  home.network.advance(280s);
  const auto before = home.sent();
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.network.run(5s);
  CHECK(home.sent() > before);
  CHECK(home.failures.seen.size() == 1);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.network.advance(20s);
  CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnssecBogus));
}
