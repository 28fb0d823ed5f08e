// Rank::Doubtful: a denial that leads walks. No client gets it, and nothing that may serve makes room for it.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
using shirube::wire::Question;

namespace {

constexpr auto kName = "ns.example.";

bool doubt(AnswerCache& cache, double seconds) {
  return cache.store_negative(key(kName), Kind::NxDomain, soa_proof(300, 300), at(seconds), Rank::Doubtful);
}
bool store(AnswerCache& cache, double seconds, Rank rank = Rank::Answer) {
  return cache.store_data(a_record(kName, 300, 1), rank, View::Checked, at(seconds));
}
[[nodiscard]] bool answers(const AnswerCache& cache, double seconds, Usable usable = Usable::FreshOnly) {
  return assemble(cache, Question{key(kName).name, key(kName).type}, View::Checked, usable, at(seconds))
      .whole.has_value();
}

}  // namespace

TEST_CASE("a doubtful denial is found, and is no answer") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(doubt(cache, 0));
  const auto found = cache.find(key(kName), at(1));
  REQUIRE(found);
  CHECK(found->entry->kind == Kind::NxDomain);
  CHECK_FALSE(answers(cache, 1));
}

TEST_CASE("a doubtful denial denies its own type only") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(doubt(cache, 0));
  CHECK_FALSE(cache.find({key(kName).name, shirube::wire::Type::MX}, at(1)));
}

TEST_CASE("a doubtful denial does not replace what is fresh or may serve stale, and yields to each answer") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(store(cache, 0));
  CHECK_FALSE(doubt(cache, 1));
  CHECK(answers(cache, 1));
  CHECK_FALSE(doubt(cache, 301));
  CHECK(answers(cache, 301, Usable::StaleToo));
  REQUIRE(doubt(cache, 300 + 3'600));
  CHECK(store(cache, 300 + 3'601));
  CHECK(answers(cache, 300 + 3'602));
}

TEST_CASE("a doubtful denial does not hide a failure") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_failure(key(kName), {}, at(0));
  REQUIRE(doubt(cache, 0.1));
  const auto whole =
      assemble(cache, Question{key(kName).name, key(kName).type}, View::Checked, Usable::FreshOnly, at(0.2))
          .whole;
  REQUIRE(whole);
  CHECK(whole->answer.rcode == shirube::wire::Rcode::ServFail);
}

TEST_CASE("a denial without records is kept as long as told, and at most as long as denials are") {
  AnswerCache cache({.negative_max_ttl = shirube::wire::Seconds{7}}, kPlenty, kSeed);
  for (const int lifetime : {5, 10}) {
    REQUIRE(cache.store_bare_denial(key(kName), Kind::NxDomain, shirube::wire::Seconds{lifetime}, at(0),
                                    Rank::AuthoritativeAnswer));
    const auto end = std::min(lifetime, 7);
    CHECK(answers(cache, end - 0.1));
    CHECK_FALSE(answers(cache, end));
    cache.clear();
  }
}
