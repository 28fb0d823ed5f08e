// What a cached answer says of its life: the TTL that is left, rounded up, until it is gone.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
std::optional<std::uint32_t> ttl_at(const AnswerCache& cache, double seconds) {
  const auto answer =
      assemble(cache, question("mail.example."), View::Checked, Usable::FreshOnly, at(seconds)).whole;
  if (!answer) return std::nullopt;
  return answer->answer.answer.at(0).ttl;
}
}  // namespace

TEST_CASE("TTLs are lowered by the age of the entry") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  CHECK(ttl_at(cache, 0) == 300U);
  CHECK(ttl_at(cache, 0.9) == 300U);
  CHECK(ttl_at(cache, 1) == 299U);
  CHECK(ttl_at(cache, 299.5) == 1U);
  CHECK_FALSE(ttl_at(cache, 300));
}

TEST_CASE("a TTL of 0 serves the transaction in progress and nobody after it") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 0), Rank::Answer, View::Checked, at(0)));
  CHECK(ttl_at(cache, 0) == 0U);
  CHECK_FALSE(ttl_at(cache, 0.001));
  CHECK_FALSE(cache.find(key("mail.example."), at(1)));
}

TEST_CASE("an answer expires with its shortest-lived part") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(cname("www.example.", "mail.example.", 100), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  const auto answer =
      assemble(cache, question("www.example."), View::Checked, Usable::FreshOnly, at(10)).whole;
  REQUIRE(answer);
  CHECK(answer->expires == at(100));
  CHECK(answer->refresh_at == at(90));
  CHECK(answer->answer.answer.at(0).ttl == 90);
  CHECK(answer->answer.answer.at(1).ttl == 290);
}

TEST_CASE("what is short-lived is not renewed ahead of time") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 9), Rank::Answer, View::Checked, at(0)));
  const auto answer =
      assemble(cache, question("mail.example."), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(answer);
  CHECK(answer->expires == at(9));
  CHECK(answer->refresh_at == wire::Instant::max());
}
