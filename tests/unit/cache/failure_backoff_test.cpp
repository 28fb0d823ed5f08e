// RFC 9520: a failure is remembered for a second, twice as long each time it happens again, at most a minute.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
const std::vector<wire::ExtendedError> kReasons{{wire::Ede::NetworkError, "no route"}};

// Fails as soon as it may be asked again, `times` times; gives the instant after the last.
double fail(AnswerCache& cache, int times, double from) {
  for (int i = 0; i < times; ++i) {
    cache.store_failure(key("mail.example."), kReasons, at(from));
    from += static_cast<double>(cache.find_failure(key("mail.example."), at(from))->lifetime.count());
  }
  return from;
}
}  // namespace

TEST_CASE("failures in a row are remembered for 1 s, doubling to 60 s") {
  AnswerCache cache({}, kPlenty, kSeed);
  double now = 0;
  for (const int seconds : {1, 2, 4, 8, 16, 32, 60, 60}) {
    cache.store_failure(key("mail.example."), kReasons, at(now));
    CHECK(cache.find_failure(key("mail.example."), at(now + seconds - 0.001)));
    CHECK_FALSE(cache.find_failure(key("mail.example."), at(now + seconds)));
    CHECK_FALSE(cache.find(key("mail.example."), at(now + seconds)));
    now += seconds;
  }
}

TEST_CASE("a success ends the row") {
  AnswerCache cache({}, kPlenty, kSeed);
  const double now = fail(cache, 3, 0);
  REQUIRE(cache.store_data(a_record("mail.example.", 1), Rank::Answer, View::Checked, at(now)));
  CHECK_FALSE(cache.find_failure(key("mail.example."), at(now)));
  cache.store_failure(key("mail.example."), kReasons, at(now + 1));
  CHECK(cache.find_failure(key("mail.example."), at(now + 1))->lifetime == kFirstFailureLifetime);
}

TEST_CASE("a long quiet ends the row") {
  AnswerCache cache({}, kPlenty, kSeed);
  const double now = fail(cache, 3, 0);
  cache.store_failure(key("mail.example."), kReasons, at(now + 60));
  CHECK(cache.find_failure(key("mail.example."), at(now + 60))->lifetime == kFirstFailureLifetime);
}

TEST_CASE("a change of routes forgets failures and nothing else") {
  AnswerCache cache({}, kPlenty, kSeed);
  fail(cache, 5, 0);
  REQUIRE(cache.store_data(a_record("www.example.", 300), Rank::Answer, View::Checked, at(0)));
  cache.forget_failures();
  CHECK_FALSE(cache.find_failure(key("mail.example."), at(16)));
  CHECK(cache.find(key("www.example."), at(16)));
  cache.store_failure(key("mail.example."), kReasons, at(16));
  CHECK(cache.find_failure(key("mail.example."), at(16))->lifetime == kFirstFailureLifetime);
}

TEST_CASE("a remembered failure is SERVFAIL with its reasons, for its type only") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_failure(key("mail.example."), kReasons, at(0));
  const auto answer =
      assemble(cache, question("mail.example."), View::Checked, Usable::FreshOnly, at(0.5)).whole;
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::ServFail);
  CHECK(answer->expires == at(1));
  REQUIRE(answer->answer.errors.size() == 2);
  CHECK(answer->answer.errors[0] == kReasons[0]);
  CHECK(answer->answer.errors[1].code == wire::Ede::CachedError);
  CHECK_FALSE(
      assemble(cache, question("mail.example.", wire::Type::MX), View::Checked, Usable::FreshOnly, at(0.5))
          .whole);
}
