// How long a range lives: no longer than its record, the SOA, the SOA's minimum and negative_max_ttl (RFC
// 9077).
#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;
using Told = RangeAnswer::Kind;

namespace {

struct Ttls {
  std::uint32_t record = 1000;
  std::uint32_t soa = 1000;
  std::uint32_t minimum = 1000;
  wire::Seconds negative_max{1000};
};

std::uint32_t ttl_at(const Ttls& ttls, double seconds) {
  DenialRanges ranges({.negative_max_ttl = ttls.negative_max}, kPlenty, kSeed);
  ranges.store(
      wire::Name::literal("example."),
      signed_records({"example. " + std::to_string(ttls.record) + " IN NSEC example. NS SOA RRSIG NSEC"}),
      soa_of("example.", ttls.soa, ttls.minimum), at(0));
  const auto answer = ask(ranges, "a.example.", wire::Type::A, seconds);
  if (!answer) return 0;
  for (const wire::RRset& rrset : answer->proof) CHECK(rrset.ttl == answer->proof[0].ttl);
  return answer->proof[0].ttl;
}

}  // namespace

TEST_CASE("all of the proof ages, and is gone when its time is over") {
  const Ttls ttls;
  CHECK(ttl_at(ttls, 0) == 1000);
  CHECK(ttl_at(ttls, 10.5) == 990);
  CHECK(ttl_at(ttls, 999.9) == 1);
  CHECK(ttl_at(ttls, 1000) == 0);
}

TEST_CASE("the shortest lifetime counts") {
  CHECK(ttl_at({.record = 50}, 0) == 50);
  CHECK(ttl_at({.record = 50}, 50) == 0);
  CHECK(ttl_at({.soa = 60}, 0) == 60);
  CHECK(ttl_at({.minimum = 70}, 0) == 70);
  CHECK(ttl_at({.negative_max = wire::Seconds(80)}, 0) == 80);
  CHECK(ttl_at({.negative_max = wire::Seconds(80)}, 80) == 0);
  CHECK(ttl_at({.record = 0}, 0) == 0);
  CHECK(ttl_at({.minimum = 0}, 0) == 0);
}

TEST_CASE("of two records the one that ends first decides") {
  DenialRanges ranges({}, kPlenty, kSeed);
  const auto name = wire::Name::literal("example.");
  ranges.store(name, signed_records({"example. 100 IN NSEC b.example. NS SOA RRSIG NSEC"}),
               soa_of("example."), at(0));
  ranges.store(name, signed_records({"b.example. 100 IN NSEC d.example. A RRSIG NSEC"}), soa_of("example."),
               at(30));
  CHECK(ask(ranges, "c.example.", wire::Type::A, 40)->proof[0].ttl == 60);
  CHECK(ask(ranges, "b.example.", wire::Type::MX, 40)->proof[0].ttl == 90);
  CHECK(ask(ranges, "c.example.", wire::Type::A, 100) == Told::Wildcard);  // the apex's record is over
  CHECK_FALSE(ask(ranges, "c.example.", wire::Type::A, 130));
}

TEST_CASE("without the zone's own SOA nothing is stored") {
  DenialRanges ranges({}, kPlenty, kSeed);
  const auto records = signed_records({"example. 100 IN NSEC example. NS SOA RRSIG NSEC"});
  ranges.store(wire::Name::literal("example."), records, soa_of("test."), at(0));
  ranges.store(wire::Name::literal("example."), records, records[0], at(0));
  CHECK(ranges.statistics().records == 0);
}
