#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
TEST_CASE("a zone whose keys are not those of its DS is bogus, with its DS as the reason") {
  test::SignedTree home;
  home.world.zone(home.example).sign({.generation = 1});
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
  CHECK_THAT(test::reason(client), Catch::Contains("no key of example.test. matches its DS"));
  CHECK(test::last_flaw(home) == dnssec::Flaw::KeyNotForDs);
  CHECK(test::fails_with(home.ask_and_wait("none.example.test"), wire::Ede::DnskeyMissing));
  CHECK(test::secure(home.ask_and_wait("www.hashed.test")));
  CHECK(home.quiet());
}

TEST_CASE("what stands below such a zone is bogus too") {
  test::SignedTree home;
  home.world.zone(home.gaps).sign({.denial = sim::DenialForm::Nsec3, .opt_out = true, .generation = 1});
  for (const auto* name : {"www.safe.gaps.test", "www.plain.gaps.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name);
    CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
    CHECK_THAT(test::reason(client), Catch::Contains("no key of gaps.test. matches"));
  }
}
