// RFC 8020: nothing stands below a name that does not exist. Only what was stored as such covers its subtree.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
EntryPtr find(const AnswerCache& cache, std::string_view name, double seconds = 0) {
  return cache.find_subtree_denial(wire::Name::literal(name), at(seconds));
}
const auto kGone = wire::Name::literal("gone.");
}  // namespace

TEST_CASE("a subtree's denial is found under the name that is denied, and under no other") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_subtree_denial(kGone, soa_proof(100, 60), at(0)));
  const auto entry = find(cache, "GONE.");
  REQUIRE(entry);
  CHECK(entry->kind == Kind::NxDomain);
  CHECK(entry->covers_subtree);
  CHECK(entry->rank == Rank::AuthoritativeAnswer);
  CHECK_FALSE(entry->authentic);
  CHECK(entry->lifetime == wire::Seconds(60));
  CHECK_FALSE(find(cache, "a.gone."));
  CHECK_FALSE(find(cache, "."));
}

TEST_CASE("it denies every type of the name itself, and below it only who asks for the subtree") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_subtree_denial(kGone, soa_proof(100, 60), at(0)));
  const auto answer =
      assemble(cache, question("gone.", wire::Type::MX), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NxDomain);
  CHECK_FALSE(cache.find(key("a.gone."), at(0)));
}

TEST_CASE("an NXDOMAIN of a name says nothing about what stands below it") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_negative(key("gone."), Kind::NxDomain, soa_proof(100, 60), at(0)));
  REQUIRE(cache.find(key("gone."), at(0)));
  CHECK_FALSE(find(cache, "gone."));
}

TEST_CASE("it ends with its time and does not serve stale") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_subtree_denial(kGone, soa_proof(100, 60), at(0)));
  CHECK(find(cache, "gone.", 59.999));
  CHECK_FALSE(find(cache, "gone.", 60));
}

TEST_CASE("without an SOA it is not remembered") {
  AnswerCache cache({}, kPlenty, kSeed);
  CHECK_FALSE(cache.store_subtree_denial(kGone, {}, at(0)));
  CHECK_FALSE(find(cache, "gone."));
}

TEST_CASE("it yields to data of its rank, and not to data of a lower one") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_subtree_denial(kGone, soa_proof(100, 60), at(0)));
  CHECK_FALSE(cache.store_data(a_record("gone.", 60), Rank::Answer, View::Checked, at(1)));
  CHECK_FALSE(cache.store_negative(key("gone."), Kind::NxDomain, soa_proof(100, 60), at(1)));
  CHECK(find(cache, "gone.", 1));
  CHECK(cache.store_data(a_record("gone.", 60), Rank::AuthoritativeAnswer, View::Checked, at(2)));
  CHECK_FALSE(find(cache, "gone.", 2));
  CHECK(cache.find(key("gone."), at(2))->entry->kind == Kind::Data);
}

TEST_CASE("what was validated is authentic") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_subtree_denial(kGone, soa_proof(100, 60), at(0), Rank::Validated));
  CHECK(find(cache, "gone.")->authentic);
}
