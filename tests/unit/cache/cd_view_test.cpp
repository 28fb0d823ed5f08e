// What a CD=1 client got never becomes truth for others; it may see what others see.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
Key unchecked(std::string_view name) { return key(name, wire::Type::A, View::Unchecked); }
}  // namespace

TEST_CASE("unchecked entries of all kinds are invisible to the checked view") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("data.example.", 300), Rank::Answer, View::Unchecked, at(0)));
  REQUIRE(cache.store_negative(unchecked("gone.example."), Kind::NxDomain, soa_proof(60, 60), at(0)));
  cache.store_failure(unchecked("fails.example."), {}, at(0));
  for (const auto* name : {"data.example.", "gone.example.", "fails.example."}) {
    CHECK_FALSE(cache.find(key(name), at(0)));
    CHECK_FALSE(cache.find_failure(key(name), at(0)));
    CHECK(cache.find(unchecked(name), at(0)));
    CHECK_FALSE(assemble(cache, question(name), View::Checked, Usable::StaleToo, at(0)).whole);
  }
}

TEST_CASE("the unchecked view sees checked truth and prefers it") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("data.example.", 300, 1), Rank::Answer, View::Checked, at(0)));
  CHECK(last_octet(*cache.find(unchecked("data.example."), at(0))->entry) == 1);
  REQUIRE(cache.store_data(a_record("data.example.", 900, 2), Rank::Validated, View::Unchecked, at(0)));
  CHECK(last_octet(*cache.find(unchecked("data.example."), at(0))->entry) == 1);
  CHECK(last_octet(*cache.find(key("data.example."), at(0))->entry) == 1);
  CHECK(last_octet(*cache.find(unchecked("data.example."), at(300))->entry) == 2);
  CHECK(last_octet(*cache.find(key("data.example."), at(300))->entry) == 1);
}

TEST_CASE("what failed its checks can still be asked for unchecked") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_failure(key("bogus.example."), {}, at(0));
  CHECK_FALSE(cache.find(unchecked("bogus.example."), at(0)));
  CHECK_FALSE(assemble(cache, question("bogus.example."), View::Unchecked, Usable::FreshOnly, at(0)).whole);
}

TEST_CASE("an unchecked NXDOMAIN does not void checked data") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("data.example.", 300), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_negative(unchecked("data.example."), Kind::NxDomain, soa_proof(60, 60), at(0)));
  CHECK(cache.find(key("data.example."), at(0))->entry->kind == Kind::Data);
}
