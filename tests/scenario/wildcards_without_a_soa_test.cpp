#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Type;

TEST_CASE("a server that never tells its SOA is not asked for it with each name that a wildcard makes") {
  SignedTree home;
  home.host(SignedTree::kTreeServer).script =
      [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != Type::SOA) return std::nullopt;
    wire::Answer refused;
    refused.rcode = wire::Rcode::Refused;
    return refused;
  };
  CHECK(test::secure(home.ask_and_wait("first.wild.example.test")));
  CHECK(home.quiet());
  const auto before = home.sent();
  for (int i = 0; i < 20; ++i) {
    CHECK(test::secure(home.ask_and_wait(fmt::format("n{}.wild.example.test", i))));
    home.network.advance(20ms);
  }
  CHECK(home.sent() - before <= 20 + 3);
  CHECK(home.quiet());
}
