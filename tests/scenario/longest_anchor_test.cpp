#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Ede;
using wire::Type;

namespace {

test::SignedSetup with_anchor_for_example(unsigned generation = 0) {
  test::SignedSetup setup;
  const sim::Signer signer(wire::Name::literal("example.test"), {.generation = generation});
  setup.iterating.settings.trust.anchors.add(signer.trust_anchor());
  return setup;
}

}  // namespace

TEST_CASE("the anchor nearest above a name counts, whatever is wrong with the zones above it") {
  test::SignedTree home(with_anchor_for_example());
  home.world.zone(home.test).sign({.generation = 1});
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(test::fails_with(home.ask_and_wait("www.hashed.test"), Ede::DnskeyMissing));
}

TEST_CASE("it counts too where it is wrong and the chain from the root is not") {
  test::SignedTree home(with_anchor_for_example(1));
  CHECK(test::fails_with(home.ask_and_wait("www.example.test"), Ede::DnskeyMissing));
  CHECK(test::secure(home.ask_and_wait("www.hashed.test")));
}

TEST_CASE("the DS of a zone with an anchor are judged as its parent's") {
  test::SignedTree home(with_anchor_for_example());
  CHECK(test::secure(home.ask_and_wait("example.test", Type::DS)));
  home.spoil(home.test, "hashed.test", Type::DS, sim::bad_signature());
  CHECK(home.ask_and_wait("hashed.test", Type::DS).servfail());
}
