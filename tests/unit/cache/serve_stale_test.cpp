// RFC 8767: what has expired may serve for a while when nothing better can be had.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
std::optional<CachedAnswer> ask(const AnswerCache& cache, Usable usable, double seconds,
                                std::string_view name = "mail.example.") {
  return assemble(cache, question(name), View::Checked, usable, at(seconds)).whole;
}
}  // namespace

TEST_CASE("stale answers say so, live 30 s, and end with the window") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  CHECK_FALSE(ask(cache, Usable::FreshOnly, 300));
  const auto stale = ask(cache, Usable::StaleToo, 300);
  REQUIRE(stale);
  CHECK(stale->freshness == Freshness::Stale);
  CHECK(stale->answer.answer.at(0).ttl == 30);
  REQUIRE(stale->answer.errors.size() == 1);
  CHECK(stale->answer.errors[0].code == wire::Ede::StaleAnswer);
  CHECK(ask(cache, Usable::StaleToo, 300 + 3599));
  CHECK_FALSE(ask(cache, Usable::StaleToo, 300 + 3600));
  CHECK_FALSE(cache.find(key("mail.example."), at(300 + 3600)));
}

TEST_CASE("a window of 0 serves nothing stale") {
  CacheSettings settings;
  settings.serve_stale = wire::Seconds(0);
  AnswerCache cache(settings, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  CHECK_FALSE(cache.find(key("mail.example."), at(300)));
}

TEST_CASE("a failure neither hides nor replaces what may serve stale") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  cache.store_failure(key("mail.example."), {}, at(400));
  CHECK(cache.find(key("mail.example."), at(400))->freshness == Freshness::Stale);
  CHECK(cache.find_failure(key("mail.example."), at(400)));
  CHECK(ask(cache, Usable::StaleToo, 400)->answer.rcode == wire::Rcode::NoError);
}

TEST_CASE("while a failure bars asking, stale data answers even who would rather have it fresh") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(cname("www.example.", "mail.example.", 600), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_data(a_record("mail.example.", 300), Rank::Answer, View::Checked, at(0)));
  cache.store_failure(key("mail.example."), {}, at(400));
  const auto barred = ask(cache, Usable::FreshOnly, 400.5, "www.example.");
  REQUIRE(barred);
  CHECK(barred->freshness == Freshness::Stale);
  CHECK(barred->expires == at(401));
  CHECK(barred->answer.answer.at(0).ttl == 200);
  CHECK(barred->answer.answer.at(1).ttl == 30);
  CHECK_FALSE(ask(cache, Usable::FreshOnly, 401, "www.example."));
}

TEST_CASE("a stale NXDOMAIN stays NXDOMAIN") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_negative(key("mail.example."), Kind::NxDomain, soa_proof(60, 60), at(0)));
  const auto stale = ask(cache, Usable::StaleToo, 60);
  REQUIRE(stale);
  CHECK(stale->answer.rcode == wire::Rcode::NxDomain);
  CHECK(stale->answer.errors.at(0).code == wire::Ede::StaleNxDomain);
}

TEST_CASE("a name that became an alias is one, whatever stale data it had") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("www.example.", 10, 1), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_data(cname("www.example.", "mail.example."), Rank::Answer, View::Checked, at(20)));
  REQUIRE(cache.store_data(a_record("mail.example.", 300, 2), Rank::Answer, View::Checked, at(20)));
  const auto answer = ask(cache, Usable::StaleToo, 20, "www.example.");
  REQUIRE(answer);
  CHECK(answer->freshness == Freshness::Fresh);
  CHECK(answer->answer.answer.size() == 2);
}
