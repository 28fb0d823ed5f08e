// RFC 4035 §5.3.3: what is signed lives no longer than its signatures allow, whatever minimum is configured.
#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
using shirube::wire::Seconds;

namespace {

Seconds lifetime_of(std::uint32_t ttl, Rank rank, const CacheSettings& settings) {
  AnswerCache cache(settings, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", ttl), rank, View::Checked, at(0)));
  const auto found = cache.find(key("mail.example."), at(0));
  REQUIRE(found);
  CHECK(found->entry->rrset.ttl == found->entry->lifetime.count());
  return found->entry->lifetime;
}

}  // namespace

TEST_CASE("the minimum raises what nobody validated, and never what was") {
  CacheSettings settings;
  settings.min_ttl = Seconds(900);
  CHECK(lifetime_of(60, Rank::AuthoritativeAnswer, settings) == Seconds(900));
  CHECK(lifetime_of(60, Rank::Validated, settings) == Seconds(60));
  CHECK(lifetime_of(0, Rank::Validated, settings) == Seconds(0));
}

TEST_CASE("the maximum lowers both") {
  CacheSettings settings;
  settings.max_ttl = Seconds(600);
  CHECK(lifetime_of(3'600, Rank::AuthoritativeAnswer, settings) == Seconds(600));
  CHECK(lifetime_of(3'600, Rank::Validated, settings) == Seconds(600));
}

TEST_CASE("a minimum above the maximum does not raise what was validated either") {
  CacheSettings settings;
  settings.min_ttl = Seconds(900);
  settings.max_ttl = Seconds(600);
  CHECK(lifetime_of(60, Rank::AuthoritativeAnswer, settings) == Seconds(900));
  CHECK(lifetime_of(60, Rank::Validated, settings) == Seconds(60));
}

TEST_CASE("the minimum raises no denial, validated or not") {
  CacheSettings settings;
  settings.min_ttl = Seconds(900);
  for (const auto rank : {Rank::Answer, Rank::Validated}) {
    AnswerCache cache(settings, kPlenty, kSeed);
    REQUIRE(cache.store_negative(key("gone.example."), Kind::NxDomain, soa_proof(60, 60), at(0), rank));
    CHECK(cache.find(key("gone.example."), at(0))->entry->lifetime == Seconds(60));
  }
}
