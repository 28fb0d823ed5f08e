#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("an alias in place of a DS ends the search for trust, whoever says to have signed it") {
  const std::string_view signer =
      GENERATE("a.b.example.test", "b.example.test", "example.test", "hashed.test");
  CAPTURE(signer);
  test::SignedTree home;
  home.world.zone(home.example).add("a.b A 192.0.2.83\n");
  const auto type = GENERATE(Type::CNAME, Type::DNAME);
  const auto victim = wire::Name::literal("a.b.example.test");
  const sim::Signer forger(wire::Name::literal(signer), {.generation = 4});
  home.host(test::SignedTree::kTreeServer).script =
      [&](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == victim)) return std::nullopt;
    wire::Answer forged;
    forged.authoritative = true;
    wire::RRset alias{.owner = victim, .type = type, .ttl = 300};
    alias.rdatas.add(wire::Name::literal("www.unsigned.test").wire());
    alias.signatures = forger.sign(alias);
    forged.answer.push_back(std::move(alias));
    return forged;
  };
  const auto& client = home.ask_and_wait("a.b.example.test");
  CAPTURE(test::reason(client));
  CHECK(client.servfail());
  CHECK(home.sent() < 100);
  CHECK(home.quiet());
  home.host(test::SignedTree::kTreeServer).script = {};
  home.network.advance(std::chrono::seconds{2});
  CHECK(test::secure(home.ask_and_wait("a.b.example.test")));
}
