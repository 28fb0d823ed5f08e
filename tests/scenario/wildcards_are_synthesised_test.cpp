#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Type;

TEST_CASE(
    "once a wildcard and the gap around a name are known, names cost no packet, and have the same proof") {
  SignedTree home;
  for (const auto* name : {"a.wild.example.test", "b.wild.example.test"}) {
    CHECK(test::secure(home.ask_and_wait(name)));
    CHECK(home.quiet());
  }
  const auto proof = home.ask_and_wait("a.wild.example.test").got->answer.authority;
  REQUIRE(proof.size() == 1);
  const auto before = home.sent();
  for (int i = 0; i < 100; ++i) {
    const auto name = fmt::format("n{}.wild.example.test", i);
    const auto& client = home.ask_and_wait(name);
    REQUIRE(test::got_address(client, "192.0.2.81"));
    const auto& answer = client.got->answer;
    CHECK(answer.authentic);
    CHECK(answer.answer.front().owner == wire::Name::literal(name));
    CHECK(answer.answer.front().signatures.count() == 1);
    REQUIRE(answer.authority.size() == 1);
    CHECK(answer.authority.front().owner == proof.front().owner);
    CHECK(answer.authority.front().signatures == proof.front().signatures);
  }
  CHECK(home.sent() == before);
  CHECK(home.quiet());
}

TEST_CASE("where a name exists beside the wildcard, it is not the wildcard's") {
  SignedTree home;
  home.world.zone(home.example).add("own.wild 300 A 192.0.2.82\nown.wild 300 TXT x\n");
  for (const auto* name : {"a.wild.example.test", "z.wild.example.test", "b.wild.example.test"}) {
    CHECK(test::secure(home.ask_and_wait(name)));
    CHECK(home.quiet());
  }
  CHECK(test::got_address(home.ask_and_wait("own.wild.example.test"), "192.0.2.82"));
  CHECK_FALSE(test::got_address(home.ask_and_wait("x.own.wild.example.test"), "192.0.2.81"));
  CHECK(home.quiet());
}

TEST_CASE("a wildcard is made to answer no longer than its records live") {
  SignedTree home;
  for (const auto* name : {"a.wild.example.test", "b.wild.example.test", "c.wild.example.test"}) {
    CHECK(test::secure(home.ask_and_wait(name)));
    CHECK(home.quiet());
  }
  home.network.advance(301s);
  home.world.zone(home.example).add("*.wild 300 A 192.0.2.99\n");
  CHECK(test::got_address(home.ask_and_wait("d.wild.example.test"), "192.0.2.99"));
  CHECK(home.quiet());
}
