// The store of ranges never takes more memory than it is given, and a flood does not wash out what is used.
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;
using Told = RangeAnswer::Kind;

namespace {
constexpr std::size_t kSmall = std::size_t{64} << 10;

std::string number(unsigned i) { return std::to_string(1'000'000 + i); }

void store_range(DenialRanges& ranges, const std::string& zone, unsigned i) {
  const std::string owner = zone == "." ? "n" + number(i) + "." : "n" + number(i) + "." + zone;
  store(ranges, zone, {owner + " 300 IN NSEC o." + owner + " A RRSIG NSEC"});
}
}  // namespace

TEST_CASE("a flood of ranges stays within the capacity after every call") {
  DenialRanges ranges({}, kSmall, kSeed);
  std::minstd_rand random(7);
  for (unsigned i = 0; i < 3'000; ++i) {
    store_range(ranges, "z" + std::to_string(random() % 50) + ".example.",
                static_cast<unsigned>(random() % 500));
    const auto statistics = ranges.statistics();
    REQUIRE(statistics.bytes <= statistics.capacity);
  }
  const auto statistics = ranges.statistics();
  CHECK(statistics.capacity == kSmall);
  CHECK(statistics.bytes > kSmall / 2);
  CHECK(statistics.evictions > 1'000);
  CHECK(statistics.records > 20);
}

TEST_CASE("a flood of zones stays within the capacity, and leaves no empty zones") {
  DenialRanges ranges({}, kSmall, kSeed);
  for (unsigned i = 0; i < 2'000; ++i) {
    store_range(ranges, "z" + number(i) + ".example.", i);
    const auto statistics = ranges.statistics();
    REQUIRE(statistics.bytes <= statistics.capacity);
    REQUIRE(statistics.zones <= statistics.records);
  }
  CHECK(ranges.statistics().zones > 20);
}

TEST_CASE("what is asked for again and again survives the flood") {
  DenialRanges ranges({}, kSmall, kSeed);
  store(ranges, "example.", {"example. 3600 IN NSEC a.example. NS SOA RRSIG NSEC"});
  const std::string used = "b.example. 300 IN NSEC d.example. A RRSIG NSEC";
  store(ranges, "example.", {used});
  for (unsigned i = 0; i < 2'000; ++i) {
    store_range(ranges, "example.", i);
    REQUIRE(ask(ranges, "c.example.", wire::Type::A, 1) == Told::NxDomain);
  }
  CHECK(ranges.statistics().evictions > 1'000);
}

TEST_CASE("bloated records are not kept") {
  DenialRanges ranges({}, kPlenty, kSeed);
  auto bloated = signed_record("example. 3600 IN NSEC a.example. NS SOA RRSIG NSEC");
  bloated.signatures.add(wire::Bytes(kMaxRangeBytes));
  ranges.store(wire::Name::literal("example."), {bloated}, soa_of("example."), at(0));
  CHECK(ranges.statistics().records == 0);
}

TEST_CASE("less capacity drops records, clear() all of them") {
  DenialRanges ranges({}, kPlenty, kSeed);
  for (unsigned i = 0; i < 500; ++i) store_range(ranges, "example.", i);
  CHECK(ranges.statistics().records == 500);
  constexpr std::size_t kLess = std::size_t{1} << 20;  // for all shards; the zone is in one
  ranges.set_settings({}, kLess);
  CHECK(ranges.statistics().capacity == kLess);
  CHECK(ranges.statistics().records < 200);
  CHECK(ranges.statistics().records > 20);
  ranges.clear();
  CHECK(ranges.statistics().records == 0);
  CHECK(ranges.statistics().zones == 0);
  store_range(ranges, "example.", 1);
  CHECK(ask(ranges, "n1000001.example.", wire::Type::MX) == Told::NoData);
}
