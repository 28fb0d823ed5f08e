// Questions for RRSIG: nothing vouches for signatures, so they are answered without AD, good or bad.
#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("signatures asked for by type are answered without AD, and cost no check") {
  test::SignedTree home;
  home.ask_and_wait("www.unsigned.test");  // the root's own records are checked once
  for (const auto* name : {"www.example.test", "www.hashed.test", "example.test"}) {
    const auto before = home.resolver.statistics().signature_checks;
    const auto& client = home.ask_and_wait(name, Type::RRSIG);
    CAPTURE(name, test::reason(client));
    CHECK(test::insecure(client));
    CHECK(home.resolver.statistics().signature_checks == before);
  }
}

TEST_CASE("so are signatures that match no data, and signatures of zones with wrong keys") {
  test::SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A, sim::bad_signature());
  CHECK(test::insecure(home.ask_and_wait("www.example.test", Type::RRSIG)));
  home.world.zone(home.hashed).sign({.generation = 1});
  CHECK(test::insecure(home.ask_and_wait("www.hashed.test", Type::RRSIG)));
  CHECK(home.failures.seen.empty());
}

TEST_CASE("an unknown name is still denied with its proof") {
  test::SignedTree home;
  const auto& client = home.ask_and_wait("none.example.test", Type::RRSIG);
  CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(client.got->answer.authentic);
}
