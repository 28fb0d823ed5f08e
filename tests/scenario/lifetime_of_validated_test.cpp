#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

TEST_CASE("an answer lives no longer than its signature") {
  test::SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A,
             sim::signed_within({test::kBegin - 100, test::kBegin + 60}));
  const auto& client = home.ask_and_wait("www.example.test");
  REQUIRE(test::secure(client));
  CHECK(client.got->answer.answer.front().ttl <= 60);
  CHECK(client.got->expires - home.network.now() <= 60s);
  home.network.advance(61s);
  const auto& later = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(later, wire::Ede::SignatureExpired));
  CHECK_THAT(test::reason(later), Catch::Contains("2026-11-23T00:01:00Z"));
}

TEST_CASE("a denial lives no longer than the signatures over its proof") {
  test::SignedTree home;
  home.spoil(home.example, "www.example.test", Type::NSEC,
             sim::signed_within({test::kBegin - 100, test::kBegin + 30}));
  const auto& client = home.ask_and_wait("www.example.test", Type::MX);
  REQUIRE(client.got->answer.authentic);
  CHECK(client.got->expires - home.network.now() <= 30s);
}

TEST_CASE("a TTL that was raised on the way is cut to what was signed") {
  test::SignedTree home;
  home.host(test::SignedTree::kTreeServer).script = [&home](const wire::Question& question) {
    auto answer = home.world.honest(home.host(test::SignedTree::kTreeServer), question);
    for (auto& rrset : answer.answer) rrset.ttl = 86'400;
    return answer;
  };
  const auto& client = home.ask_and_wait("www.example.test");
  REQUIRE(test::secure(client));
  CHECK(client.got->answer.answer.front().ttl == 300);
  home.host(test::SignedTree::kTreeServer).script = {};
  home.network.advance(301s);
  const auto before = home.sent();
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.sent() > before);
}
