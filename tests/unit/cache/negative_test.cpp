// RFC 2308: how long the absence of data is remembered, and what is said of it.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
std::int64_t lifetime_of(std::uint32_t soa_ttl, std::uint32_t minimum, std::int64_t longest) {
  CacheSettings settings;
  settings.negative_max_ttl = wire::Seconds(longest);
  AnswerCache cache(settings, kPlenty, kSeed);
  REQUIRE(cache.store_negative(key("mail.example."), Kind::NoData, soa_proof(soa_ttl, minimum), at(0)));
  return cache.find(key("mail.example."), at(0))->entry->lifetime.count();
}
}  // namespace

TEST_CASE("a denial lives for the least of SOA TTL, SOA minimum and our maximum") {
  CHECK(lifetime_of(100, 200, 300) == 100);
  CHECK(lifetime_of(200, 100, 300) == 100);
  CHECK(lifetime_of(300, 200, 100) == 100);
}

TEST_CASE("a denial does not outlive its proof") {
  AnswerCache cache({}, kPlenty, kSeed);
  auto proof = soa_proof(100, 100);
  proof.push_back(a_record("nsec.example.", 50));
  REQUIRE(cache.store_negative(key("mail.example."), Kind::NoData, proof, at(0)));
  CHECK(cache.find(key("mail.example."), at(0))->entry->lifetime == wire::Seconds(50));
}

TEST_CASE("a denial without an SOA is not remembered") {
  AnswerCache cache({}, kPlenty, kSeed);
  CHECK_FALSE(cache.store_negative(key("mail.example."), Kind::NxDomain, {}, at(0)));
  CHECK_FALSE(cache.store_negative(key("mail.example."), Kind::NoData, {a_record("example.", 100)}, at(0)));
  CHECK_FALSE(cache.find(key("mail.example."), at(0)));
  CHECK(cache.statistics().bytes == 0);
}

TEST_CASE("a validated denial without an SOA lives as long as its proof, and not beyond our maximum") {
  auto nsec = a_record("example.", 100);
  nsec.type = wire::Type::NSEC;
  CacheSettings settings;
  for (const std::int64_t longest : {300, 50}) {
    settings.negative_max_ttl = wire::Seconds(longest);
    AnswerCache cache(settings, kPlenty, kSeed);
    const auto name = key("mail.example.");
    CHECK_FALSE(cache.store_negative(name, Kind::NxDomain, {nsec}, at(0), Rank::AuthoritativeAnswer));
    CHECK_FALSE(cache.store_negative(name, Kind::NxDomain, {}, at(0), Rank::Validated));
    REQUIRE(cache.store_negative(name, Kind::NxDomain, {nsec}, at(0), Rank::Validated));
    CHECK(cache.find(name, at(0))->entry->lifetime == wire::Seconds(std::min<std::int64_t>(longest, 100)));
  }
}

TEST_CASE("NODATA is for one type") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(
      cache.store_negative(key("mail.example.", wire::Type::AAAA), Kind::NoData, soa_proof(100, 60), at(0)));
  CHECK(cache.find(key("MAIL.example.", wire::Type::AAAA), at(0)));
  CHECK_FALSE(cache.find(key("mail.example.", wire::Type::A), at(0)));
  const auto answer =
      assemble(cache, question("mail.example.", wire::Type::AAAA), View::Checked, Usable::FreshOnly, at(20))
          .whole;
  REQUIRE(answer);
  CHECK(answer->answer.rcode == wire::Rcode::NoError);
  CHECK(answer->answer.answer.empty());
  REQUIRE(answer->answer.authority.size() == 1);
  CHECK(answer->answer.authority[0].type == wire::Type::SOA);
  CHECK(answer->answer.authority[0].ttl == 40);
}
