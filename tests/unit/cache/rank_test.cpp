// RFC 2181 §5.4.1: less trusted data does not replace fresher, more trusted data, and never answers a client.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;

namespace {
bool store(AnswerCache& cache, int octet, Rank rank, double seconds) {
  return cache.store_data(a_record("ns.example.", 300, static_cast<std::uint8_t>(octet)), rank, View::Checked,
                          at(seconds));
}
int found_at(const AnswerCache& cache, double seconds) {
  return last_octet(*cache.find(key("ns.example."), at(seconds))->entry);
}
}  // namespace

TEST_CASE("fresh data stays before data of lower rank") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(store(cache, 1, Rank::AuthoritativeAnswer, 0));
  CHECK_FALSE(store(cache, 2, Rank::Glue, 1));
  CHECK_FALSE(store(cache, 3, Rank::Answer, 1));
  CHECK(found_at(cache, 1) == 1);
}

TEST_CASE("data of the same or a higher rank replaces") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(store(cache, 1, Rank::Glue, 0));
  CHECK(store(cache, 2, Rank::Glue, 1));
  CHECK(found_at(cache, 1) == 2);
  CHECK(store(cache, 3, Rank::Answer, 2));
  CHECK(found_at(cache, 2) == 3);
  CHECK(cache.statistics().entries == 1);
}

TEST_CASE("expired data yields to any") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(store(cache, 1, Rank::Validated, 0));
  CHECK(store(cache, 2, Rank::Additional, 300));
  CHECK(found_at(cache, 300) == 2);
}

TEST_CASE("glue does not bring a name back to life, an answer does") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_negative(key("ns.example."), Kind::NxDomain, soa_proof(300, 300), at(0)));
  CHECK_FALSE(store(cache, 1, Rank::Glue, 1));
  CHECK(cache.find(key("ns.example."), at(1))->entry->kind == Kind::NxDomain);
  CHECK(store(cache, 2, Rank::Answer, 2));
  CHECK(found_at(cache, 2) == 2);
  CHECK(cache.statistics().entries == 1);
}

TEST_CASE("glue is no answer for a client") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(store(cache, 1, Rank::Glue, 0));
  CHECK_FALSE(assemble(cache, question("ns.example."), View::Checked, Usable::StaleToo, at(0)).whole);
}

TEST_CASE("AD needs every part to be authentic") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(cname("www.example.", "ns.example."), Rank::Validated, View::Checked, at(0)));
  REQUIRE(store(cache, 1, Rank::Answer, 0));
  const auto half = assemble(cache, question("www.example."), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(half);
  CHECK_FALSE(half->answer.authentic);
  REQUIRE(store(cache, 1, Rank::Validated, 0));
  const auto all = assemble(cache, question("www.example."), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(all);
  CHECK(all->answer.authentic);
}
