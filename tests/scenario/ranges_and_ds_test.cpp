#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Rcode;
using wire::Type;

TEST_CASE("a DS is denied by the zone above the cut alone, from what it has proven before") {
  SignedTree home;
  for (char c = 'a'; c <= 'z'; ++c) static_cast<void>(home.ask_and_wait(fmt::format("{}0.test", c)));
  for (char c = 'a'; c <= 'z'; ++c) static_cast<void>(home.ask_and_wait(fmt::format("{}0.example.test", c)));
  const auto before = home.sent();
  const auto& none = home.ask_and_wait("q1.test", Type::DS);
  CHECK(none.got->answer.rcode == Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
  CHECK(none.got->answer.authority.front().owner == wire::Name::literal("test"));
  const auto& within = home.ask_and_wait("q1.example.test", Type::DS);
  CHECK(within.got->answer.rcode == Rcode::NxDomain);
  CHECK(within.got->answer.authority.front().owner == wire::Name::literal("example.test"));
  CHECK(home.sent() == before);
  CHECK(test::secure(home.ask_and_wait("example.test", Type::DS)));
  CHECK(home.quiet());
}

TEST_CASE("that an unsigned zone has no DS is authentic, and says nothing about what is in it") {
  SignedTree home;
  const auto& no_ds = home.ask_and_wait("unsigned.test", Type::DS);
  CHECK(no_ds.noerror());
  CHECK(no_ds.records() == 0);
  CHECK(no_ds.got->answer.authentic);
  for (const auto type : {Type::A, Type::SOA, Type::TXT}) {
    const auto& client = home.ask_and_wait("unsigned.test", type);
    CHECK(client.noerror());
    CHECK_FALSE(client.got->answer.authentic);
  }
  CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
  CHECK(home.quiet());
}
