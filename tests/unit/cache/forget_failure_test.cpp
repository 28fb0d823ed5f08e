// A question that has been answered after all has not failed, and its run of failures is over.
#include <catch2/catch.hpp>

#include "cache/answer_cache.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

TEST_CASE("one question's failure is forgotten, and no other") {
  AnswerCache cache({}, kPlenty, kSeed);
  const auto a = key("mail.example.");
  const auto mx = key("mail.example.", wire::Type::MX);
  const auto unchecked = key("mail.example.", wire::Type::A, View::Unchecked);
  const auto other = key("www.example.");
  for (const auto& one : {a, mx, unchecked, other}) cache.store_failure(one, {}, at(0));
  cache.forget_failure(key("MAIL.example."));
  CHECK_FALSE(cache.find_failure(a, at(0)));
  CHECK(cache.find_failure(mx, at(0)));
  CHECK(cache.find_failure(unchecked, at(0)));
  CHECK(cache.find_failure(other, at(0)));
}

TEST_CASE("the next failure is the first one again") {
  AnswerCache cache({}, kPlenty, kSeed);
  for (const double now : {0, 1, 3}) cache.store_failure(key("mail.example."), {}, at(now));
  REQUIRE(cache.find_failure(key("mail.example."), at(3))->lifetime == wire::Seconds(4));
  cache.forget_failure(key("mail.example."));
  cache.store_failure(key("mail.example."), {}, at(7));
  CHECK(cache.find_failure(key("mail.example."), at(7))->lifetime == wire::Seconds(1));
}

TEST_CASE("data of the question stays") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 10), Rank::Answer, View::Checked, at(0)));
  cache.store_failure(key("mail.example."), {}, at(20));
  cache.forget_failure(key("mail.example."));
  const auto found = cache.find(key("mail.example."), at(20));
  REQUIRE(found);
  CHECK(found->freshness == Freshness::Stale);
  cache.forget_failure(key("unknown.example."));
  CHECK(cache.statistics().entries == 1);
}
