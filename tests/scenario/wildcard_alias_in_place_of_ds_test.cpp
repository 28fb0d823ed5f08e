#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Type;

namespace {

const auto kKid = wire::Name::literal("kid.many.example.test");

// Beside the signed zone kid.many.example.test. there is a wildcard alias; the liar says that it makes kid
// too.
void let_lie(SignedTree& home) {
  auto& host = home.host(SignedTree::kTreeServer);
  host.script = [&home, &host](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(kKid)) return std::nullopt;
    if (question.type == Type::DS) {
      auto made = home.world.honest(host, {wire::Name::literal("x.many.example.test"), Type::CNAME});
      made.answer.front().owner = kKid;
      return made;
    }
    auto referral = home.world.honest(host, question);
    std::erase_if(referral.authority, [](const auto& rrset) { return rrset.type == Type::DS; });
    return referral;
  };
}

}  // namespace

TEST_CASE("a wildcard's alias sent in place of a DS hides a zone no longer than it is sent") {
  SignedTree home;
  home.world.zone(home.example).add("*.many CNAME www\n");
  home.serve_signed("kid.many.example.test", test::kTreeText, {"192.0.2.12"});
  let_lie(home);
  CHECK(home.ask_and_wait("www.kid.many.example.test").servfail());
  home.host(SignedTree::kTreeServer).script = {};
  home.network.advance(2s);
  CHECK(test::secure(home.ask_and_wait("www.kid.many.example.test")));
  CHECK(home.quiet());
}

TEST_CASE("an honest alias of a wildcard is authentic, and what is below it too") {
  SignedTree home;
  home.world.zone(home.example).add("*.many CNAME www\n");
  CHECK(test::secure(home.ask_and_wait("x.many.example.test")));
  CHECK(test::secure(home.ask_and_wait("y.x.many.example.test")));
  CHECK(home.quiet());
}
