#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Name;
using wire::Type;

namespace {

constexpr std::string_view kMade = "1 13 2 0123456789012345678901234567890123456789012345678901234567890123";

}  // namespace

TEST_CASE("a DS that a wildcard makes is no zone's, and hides one no longer than somebody sends it") {
  SignedTree home;
  home.world.zone(home.example).add(fmt::format("*.many 300 DS {}\n", kMade));
  home.serve_signed("kid.many.example.test", test::kTreeText, {"192.0.2.12"});
  auto& host = home.host(SignedTree::kTreeServer);
  host.script = [&home, &host](const wire::Question& question) -> std::optional<wire::Answer> {
    const auto kid = Name::literal("kid.many.example.test");
    if (!question.name.is_within(kid)) return std::nullopt;
    auto lie = home.world.honest(host, question);
    const auto wild = home.world.honest(host, {Name::literal("x.many.example.test"), Type::DS});
    for (auto* section : {&lie.answer, &lie.authority})
      for (auto& rrset : *section)
        if (rrset.type == Type::DS) rrset = wild.answer.front(), rrset.owner = kid;
    return lie;
  };
  CHECK(home.ask_and_wait("www.kid.many.example.test").servfail());
  host.script = {};
  CHECK(test::secure(home.ask_and_wait("kid.many.example.test", Type::DS)));
  CHECK_FALSE(test::has(home.ask_and_wait("kid.many.example.test", Type::DS), Type::DS, kMade));
  home.network.advance(2s);
  CHECK(test::secure(home.ask_and_wait("www.kid.many.example.test")));
  CHECK(home.quiet());
}
