#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kText = "*.wild 300 A 192.0.2.81\nreal.wild 300 A 192.0.2.82\n";

// `victim` is answered by what the wildcard makes for `other`, with the proof that holds for that.
sim::Script replay(test::SignedHost& home, std::string_view victim, std::string_view other) {
  return [&home, victim = wire::Name::literal(victim),
          other = wire::Name::literal(other)](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == victim) || question.type != Type::A) return std::nullopt;
    auto answer = home.world.honest(home.host(kServer), {other, Type::A});
    answer.answer.front().owner = question.name;
    return answer;
  };
}

}  // namespace

TEST_CASE("a wildcard's signature is no proof for a name that exists itself") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3);
  CAPTURE(static_cast<int>(denial));
  test::SignedHost home;
  home.serve_signed("test", kText, {kServer}, {.denial = denial});
  const std::string_view other = GENERATE("a.wild.test", "zzz.wild.test");
  CAPTURE(other);
  home.host(kServer).script = replay(home, "real.wild.test", other);
  const auto& client = home.ask_and_wait("real.wild.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
  CHECK(test::last_flaw(home) == dnssec::Flaw::DenialBroken);
  CHECK_THAT(test::reason(client), Catch::Contains("real.wild.test. A"));
}

TEST_CASE("nor for one below a name that exists") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3);
  test::SignedHost home;
  home.serve_signed("test", kText, {kServer}, {.denial = denial});
  home.host(kServer).script = replay(home, "x.real.wild.test", "a.wild.test");
  CHECK(test::fails_with(home.ask_and_wait("x.real.wild.test"), wire::Ede::DnssecBogus));
}
