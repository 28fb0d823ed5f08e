#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("keys, and denials asked for by name, are authentic") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("example.test", Type::DNSKEY)));
  CHECK(test::secure(home.ask_and_wait(".", Type::DNSKEY)));
  CHECK(test::secure(home.ask_and_wait("www.example.test", Type::NSEC)));
  CHECK(test::secure(home.ask_and_wait("hashed.test", Type::NSEC3PARAM)));
  const auto& none = home.ask_and_wait("unsigned.test", Type::DNSKEY);
  CHECK(none.noerror());
  CHECK_FALSE(none.got->answer.authentic);
  CHECK(home.failures.seen.empty());
}
