// Nothing old stands in for what came and failed validation: bogus stays SERVFAIL (RFC 8767 §4, RFC 4035
// §5.5).
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {

const std::vector<wire::ExtendedError> kBogus{{wire::Ede::DnssecBogus, "bogus"}};

// mail.example. has expired, and what came in its place failed.
void fail_behind_stale_data(AnswerCache& cache, Stale stale) {
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  cache.store_failure(key("mail.example."), kBogus, at(400), stale);
}

std::optional<CachedAnswer> ask(const AnswerCache& cache, Usable usable, double seconds,
                                std::string_view name = "mail.example.", View view = View::Checked) {
  return assemble(cache, question(name), view, usable, at(seconds)).whole;
}

}  // namespace

TEST_CASE("a bogus answer is SERVFAIL with its reason, though an older one lies there") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail_behind_stale_data(cache, Stale::Barred);
  CHECK(cache.find_failure(key("mail.example."), at(400))->bars_stale);
  for (const auto usable : {Usable::FreshOnly, Usable::StaleToo}) {
    const auto answer = ask(cache, usable, 400.5);
    REQUIRE(answer);
    CHECK(answer->answer.rcode == wire::Rcode::ServFail);
    CHECK(answer->answer.answer.empty());
    CHECK(answer->freshness == Freshness::Fresh);
    REQUIRE(answer->answer.errors.size() == 2);
    CHECK(answer->answer.errors[0] == kBogus[0]);
    CHECK(answer->answer.errors[1].code == wire::Ede::CachedError);
  }
}

TEST_CASE("other failures let the older answer serve") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail_behind_stale_data(cache, Stale::Serves);
  CHECK_FALSE(cache.find_failure(key("mail.example."), at(400))->bars_stale);
  for (const auto usable : {Usable::FreshOnly, Usable::StaleToo}) {
    const auto answer = ask(cache, usable, 400.5);
    REQUIRE(answer);
    CHECK(answer->answer.rcode == wire::Rcode::NoError);
    CHECK(answer->freshness == Freshness::Stale);
  }
}

TEST_CASE("a stale alias does not lead around the bogus end of its chain") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail_behind_stale_data(cache, Stale::Barred);
  REQUIRE(cache.store_data(cname("www.example.", "mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  CHECK_FALSE(ask(cache, Usable::FreshOnly, 400.5, "www.example."));
  const auto answer = ask(cache, Usable::StaleToo, 400.5, "www.example.");
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::ServFail);
  CHECK(answer->answer.answer.empty());
}

TEST_CASE("a fresh alias in place of bogus data is followed") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail_behind_stale_data(cache, Stale::Barred);
  REQUIRE(
      cache.store_data(cname("mail.example.", "new.example.", 300), Rank::Answer, View::Checked, at(400)));
  REQUIRE(cache.store_data(a_record("new.example.", 300, 2), Rank::Answer, View::Checked, at(400)));
  const auto answer = ask(cache, Usable::StaleToo, 400.5);
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NoError);
  CHECK(answer->answer.answer.size() == 2);
}

TEST_CASE("the bar ends with the failure that set it") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail_behind_stale_data(cache, Stale::Barred);
  CHECK(ask(cache, Usable::StaleToo, 401)->freshness == Freshness::Stale);
  // The last failure decides: this time nobody answered at all.
  cache.store_failure(key("mail.example."), {}, at(401), Stale::Serves);
  CHECK(ask(cache, Usable::FreshOnly, 401)->freshness == Freshness::Stale);
}

TEST_CASE("who wants unjudged data is not barred by what judges say") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail_behind_stale_data(cache, Stale::Barred);
  const auto answer = ask(cache, Usable::StaleToo, 400.5, "mail.example.", View::Unchecked);
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NoError);
}

TEST_CASE("fresh data is not touched by a failure of its question") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  cache.store_failure(key("mail.example."), kBogus, at(200), Stale::Barred);
  const auto answer = ask(cache, Usable::FreshOnly, 200.5);
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NoError);
  CHECK(answer->freshness == Freshness::Fresh);
}
