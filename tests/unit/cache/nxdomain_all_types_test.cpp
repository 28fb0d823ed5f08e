// A name that does not exist has no data of any type, and what was known of it before is void.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

TEST_CASE("NXDOMAIN is found for every type of the name, and for no other name") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(
      cache.store_negative(key("gone.example.", wire::Type::MX), Kind::NxDomain, soa_proof(100, 100), at(0)));
  for (const auto type : {wire::Type::MX, wire::Type::A, wire::Type::CNAME, wire::Type::ANY}) {
    const auto found = cache.find(key("Gone.Example.", type), at(99));
    REQUIRE(found);
    CHECK(found->entry->kind == Kind::NxDomain);
  }
  CHECK_FALSE(cache.find(key("below.gone.example."), at(0)));
  CHECK_FALSE(cache.find(key("example."), at(0)));
  const auto answer =
      assemble(cache, question("gone.example."), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NxDomain);
}

TEST_CASE("NXDOMAIN takes the place of the name's data") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("gone.example.", 300), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_data(a_record("other.example.", 300), Rank::Answer, View::Checked, at(0)));
  REQUIRE(
      cache.store_negative(key("gone.example.", wire::Type::MX), Kind::NxDomain, soa_proof(100, 100), at(1)));
  CHECK(cache.find(key("gone.example."), at(1))->entry->kind == Kind::NxDomain);
  CHECK(cache.find(key("other.example."), at(1))->entry->kind == Kind::Data);
  CHECK(cache.statistics().entries == 2);
}

TEST_CASE("validated data is not denied by what nobody validated") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("gone.example.", 300), Rank::Validated, View::Checked, at(0)));
  CHECK_FALSE(cache.store_negative(key("gone.example."), Kind::NxDomain, soa_proof(100, 100), at(1)));
  CHECK(cache.find(key("gone.example."), at(1))->entry->kind == Kind::Data);
}

TEST_CASE("an alias to a name that does not exist keeps the alias in the answer") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(cname("www.example.", "gone.example."), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_negative(key("gone.example."), Kind::NxDomain, soa_proof(100, 100), at(0)));
  const auto answer =
      assemble(cache, question("www.example."), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NxDomain);
  CHECK(answer->answer.answer.size() == 1);
  CHECK(answer->answer.authority.size() == 1);
}
