// The administrator's minimum and maximum lifetimes.
#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
using shirube::wire::Seconds;

namespace {
CacheSettings limits() {
  CacheSettings settings;
  settings.min_ttl = Seconds(60);
  settings.max_ttl = Seconds(3600);
  settings.negative_max_ttl = Seconds(900);
  return settings;
}
Seconds lifetime_of(std::uint32_t ttl) {
  AnswerCache cache(limits(), kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", ttl), Rank::Answer, View::Checked, at(0)));
  const auto found = cache.find(key("mail.example."), at(0));
  REQUIRE(found);
  CHECK(found->entry->rrset.ttl == found->entry->lifetime.count());
  return found->entry->lifetime;
}
}  // namespace

TEST_CASE("TTLs are raised to the minimum and lowered to the maximum") {
  CHECK(lifetime_of(0) == Seconds(60));
  CHECK(lifetime_of(59) == Seconds(60));
  CHECK(lifetime_of(61) == Seconds(61));
  CHECK(lifetime_of(3600) == Seconds(3600));
  CHECK(lifetime_of(2147483647) == Seconds(3600));
}

TEST_CASE("new settings hold for what is stored from then on") {
  AnswerCache cache(limits(), kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("old.example.", 1), Rank::Answer, View::Checked, at(0)));
  cache.set_settings({}, kPlenty);
  REQUIRE(cache.store_data(a_record("new.example.", 1), Rank::Answer, View::Checked, at(0)));
  CHECK(cache.find(key("old.example."), at(0))->entry->lifetime == Seconds(60));
  CHECK(cache.find(key("new.example."), at(0))->entry->lifetime == Seconds(1));
}
