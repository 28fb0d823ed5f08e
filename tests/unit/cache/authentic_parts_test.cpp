// AD is for answers all of whose parts were validated (RFC 4035 §3.2.3).
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {

Assembled ask(const AnswerCache& cache, std::string_view name, double seconds = 0) {
  return assemble(cache, question(name), View::Checked, Usable::StaleToo, at(seconds));
}

void store_alias(AnswerCache& cache, Rank rank) {
  REQUIRE(cache.store_data(cname("www.example.", "end.example."), rank, View::Checked, at(0)));
}

}  // namespace

TEST_CASE("a denial behind an alias is authentic when both are") {
  for (const auto alias : {Rank::AuthoritativeAnswer, Rank::Validated}) {
    for (const auto denial : {Rank::AuthoritativeAnswer, Rank::Validated}) {
      for (const auto kind : {Kind::NoData, Kind::NxDomain}) {
        AnswerCache cache({}, kPlenty, kSeed);
        store_alias(cache, alias);
        REQUIRE(cache.store_negative(key("end.example."), kind, soa_proof(60, 60), at(0), denial));
        const auto answer = ask(cache, "www.example.").whole;
        REQUIRE(answer);
        CHECK(answer->answer.authentic == (alias == Rank::Validated && denial == Rank::Validated));
      }
    }
  }
}

TEST_CASE("an insecure alias taints a secure end, not the other way round") {
  AnswerCache cache({}, kPlenty, kSeed);
  store_alias(cache, Rank::Answer);
  REQUIRE(cache.store_data(a_record("end.example.", 300), Rank::Validated, View::Checked, at(0)));
  CHECK_FALSE(ask(cache, "www.example.").whole->answer.authentic);
  CHECK(ask(cache, "end.example.").whole->answer.authentic);
}

TEST_CASE("an expired entry is authentic until its signatures expire, and then it is gone") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(
      cache.store_data(a_record("signed.example.", 300), Rank::Validated, View::Checked, at(0), {}, at(600)));
  REQUIRE(
      cache.store_data(a_record("unsigned.example.", 300), Rank::Answer, View::Checked, at(0), {}, at(600)));
  const auto stale = [&](std::string_view name, double seconds) { return ask(cache, name, seconds).whole; };
  const auto before = stale("signed.example.", 599);
  REQUIRE(before);
  CHECK(before->freshness == Freshness::Stale);
  CHECK(before->answer.authentic);
  CHECK_FALSE(stale("signed.example.", 600));
  CHECK_FALSE(cache.find({wire::Name::literal("signed.example."), wire::Type::A}, at(600)));
  REQUIRE(stale("unsigned.example.", 600));
  CHECK_FALSE(stale("unsigned.example.", 600)->answer.authentic);
}

TEST_CASE("the part of a chain that is known tells whether it is authentic so far") {
  for (const auto rank : {Rank::Answer, Rank::Validated}) {
    AnswerCache cache({}, kPlenty, kSeed);
    store_alias(cache, rank);
    const auto assembled = ask(cache, "www.example.");
    CHECK_FALSE(assembled.whole);
    CHECK(assembled.partial.authentic == (rank == Rank::Validated));
  }
}

TEST_CASE("a failure behind a secure alias is not authentic") {
  AnswerCache cache({}, kPlenty, kSeed);
  store_alias(cache, Rank::Validated);
  cache.store_failure(key("end.example."), {}, at(0));
  const auto answer = ask(cache, "www.example.").whole;
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::ServFail);
  CHECK_FALSE(answer->answer.authentic);
}
