#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;

namespace {

constexpr std::int64_t kYear = 31'536'000;

[[nodiscard]] test::SignedSetup at(std::int64_t time) {
  test::SignedSetup setup;
  setup.iterating.settings.trust.fixed_time = time;
  return setup;
}

}  // namespace

TEST_CASE("a clock that is years off is named as the cause, and no zone is called bogus") {
  for (const auto years : {-30, -3, 3, 12}) {
    SignedTree home(at(sim::kSimulatedStart + years * kYear));
    CAPTURE(years);
    for (const auto* name : {"www.example.test", "none.hashed.test", "www.unsigned.test"}) {
      const auto& client = home.ask_and_wait(name);
      CHECK(test::fails_with(client, wire::Ede::DnssecIndeterminate));
      CHECK_THAT(test::reason(client), Catch::Contains("clock"));
    }
    REQUIRE(home.failures.seen.size() == 3);
    for (const auto& failure : home.failures.seen) {
      CHECK_FALSE(failure.verdict() == nullptr);
      CHECK_FALSE(failure.is_bogus());
      CHECK(failure.verdict()->flaw == dnssec::Flaw::ClockWrong);
      CHECK(failure.verdict()->owner.is_root());
    }
    CHECK(home.quiet());
  }
}

TEST_CASE("when the clock is right and one zone's signatures are old, it is the zone") {
  SignedTree home;
  home.world.zone(home.example).sign({.validity = {sim::kSimulatedStart - kYear, sim::kSimulatedStart - 1}});
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, wire::Ede::SignatureExpired));
  CHECK(test::last_flaw(home) == dnssec::Flaw::SignatureExpired);
  CHECK(test::secure(home.ask_and_wait("www.hashed.test")));
  CHECK(home.quiet());
}
