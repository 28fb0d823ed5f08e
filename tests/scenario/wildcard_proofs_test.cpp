#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Ede;
using wire::Type;

TEST_CASE("what a wildcard makes is secure with the proof that nothing closer exists, and bogus without") {
  test::SignedTree home;
  for (const std::string_view zone : {"example.test", "hashed.test", "compact.test"}) {
    CAPTURE(zone);
    CHECK(test::secure(home.ask_and_wait(fmt::format("x.wild.{}", zone))));
  }
  home.host(test::SignedTree::kTreeServer).script = [&home](const wire::Question& question) {
    auto answer = home.world.honest(home.host(test::SignedTree::kTreeServer), question);
    if (!answer.answer.empty() && question.type == Type::A) answer.authority.clear();
    return answer;
  };
  for (const std::string_view zone : {"example.test", "hashed.test"}) {
    const auto& client = home.ask_and_wait(fmt::format("y.z.wild.{}", zone), Type::A);
    CAPTURE(zone, test::reason(client));
    // A range that is already proven may answer it, but nothing may be made up.
    if (client.noerror()) {
      CHECK(client.got->answer.authentic);
    } else {
      CHECK(test::fails_with(client, Ede::NsecMissing));
    }
  }
}

TEST_CASE("without any proof a wildcard's answer is bogus for want of NSEC") {
  const std::string_view zone = GENERATE("example.test", "hashed.test");
  test::SignedTree home;
  home.host(test::SignedTree::kTreeServer).script = [&home](const wire::Question& question) {
    auto answer = home.world.honest(home.host(test::SignedTree::kTreeServer), question);
    if (!answer.answer.empty() && question.type == Type::A) answer.authority.clear();
    return answer;
  };
  const auto name = fmt::format("x.wild.{}", zone);
  const auto& client = home.ask_and_wait(name);
  CHECK(test::fails_with(client, Ede::NsecMissing));
  CHECK_THAT(test::reason(client), Catch::Contains(name + ". A"));
  CHECK(test::last_flaw(home) == dnssec::Flaw::DenialMissing);
  CHECK(home.quiet());
}
