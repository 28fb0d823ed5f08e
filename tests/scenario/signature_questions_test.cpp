#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("signatures that are asked for by name are authentic when they are good") {
  test::SignedTree home;
  for (const auto* name : {"www.example.test", "www.hashed.test", "example.test"}) {
    const auto& client = home.ask_and_wait(name, Type::RRSIG);
    CAPTURE(name, test::reason(client));
    CHECK(test::secure(client));
  }
}

TEST_CASE("bad ones are not passed on") {
  test::SignedTree home;
  home.spoil(home.example, "to.example.test", Type::CNAME, sim::bad_signature());
  home.spoil(home.example, "to.example.test", Type::NSEC, sim::bad_signature());
  const auto& client = home.ask_and_wait("to.example.test", Type::RRSIG);
  CAPTURE(test::reason(client));
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
}

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
