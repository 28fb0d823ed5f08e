// DS stands above a cut: what the zone below says of its own name is not about it (RFC 4035 §2.4).
#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {

const Key kDs = key("cut.example.", wire::Type::DS);

[[nodiscard]] wire::RRset ds_record() {
  auto ds = a_record("cut.example.", 300);
  ds.type = wire::Type::DS;
  return ds;
}

}  // namespace

TEST_CASE("an NXDOMAIN for another type says nothing of a DS") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_negative(key("cut.example."), Kind::NxDomain, soa_proof(100, 100), at(0)));
  CHECK_FALSE(cache.find(kDs, at(0)));
  REQUIRE(cache.store_data(ds_record(), Rank::Answer, View::Checked, at(1)));
  CHECK(cache.find(kDs, at(1))->entry->kind == Kind::Data);
  CHECK(cache.find(key("cut.example."), at(1))->entry->kind == Kind::NxDomain);
  REQUIRE(cache.store_negative(key("cut.example."), Kind::NxDomain, soa_proof(100, 100), at(2)));
  CHECK(cache.find(kDs, at(2))->entry->kind == Kind::Data);
}

TEST_CASE("one for a DS is about nothing else") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("cut.example.", 300), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_negative(kDs, Kind::NxDomain, soa_proof(100, 100), at(0)));
  CHECK(cache.find(kDs, at(0))->entry->kind == Kind::NxDomain);
  CHECK(cache.find(key("cut.example."), at(0))->entry->kind == Kind::Data);
  CHECK_FALSE(cache.find(key("cut.example.", wire::Type::MX), at(0)));
  REQUIRE(cache.store_data(ds_record(), Rank::Answer, View::Checked, at(1)));
  CHECK(cache.find(kDs, at(1))->entry->kind == Kind::Data);
  CHECK(cache.statistics().entries == 2);
}
