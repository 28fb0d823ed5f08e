// A flood of names that are asked for once does not wash out those that are asked for again and again.
#include <array>

#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
constexpr int kHot = 1'000;
constexpr int kFlood = 1'000'000;

// "mx000007.example." and the like, without the cost of parsing text a million times.
wire::Name numbered(std::uint8_t first, std::uint8_t second, int number) {
  std::array<std::uint8_t, 18> wire{8, first, second, 0,   0,   0,   0,   0,   0,
                                    7, 'e',   'x',    'a', 'm', 'p', 'l', 'e', 0};
  for (std::size_t digit = 8; digit > 2; --digit, number /= 10) {
    wire[digit] = static_cast<std::uint8_t>('0' + number % 10);
  }
  return wire::Name::from_checked_wire(wire);
}
wire::Name hot_name(int i) { return numbered('m', 'x', i); }
wire::Name flood_name(int i) { return numbered('r', 'n', i); }

// Without an assertion of Catch each: a million of them take longer than the test.
int store(AnswerCache& cache, wire::RRset& record, const wire::Name& name) {
  record.owner = name;
  return cache.store_data(record, Rank::Answer, View::Checked, at(0)) ? 0 : 1;
}
}  // namespace

TEST_CASE("AnswerCache: 1,000 hot names survive 1,000,000 one-time names") {
  // Room for about 6,000; an eighth is for ranges.
  AnswerCache cache({}, (std::size_t{2} << 20) * 8 / 7, kSeed);
  auto record = a_record(".", 3600);
  int lost = 0;
  for (int i = 0; i < kHot; ++i) lost += store(cache, record, hot_name(i));
  for (int i = 0; i < kFlood; ++i) {
    lost += store(cache, record, flood_name(i));
    // Each hot name comes up once in 4,000 others.
    if (i % 4 == 0 && !cache.find({hot_name(i / 4 % kHot), wire::Type::A}, at(0))) ++lost;
  }
  CHECK(lost == 0);
  const auto statistics = cache.statistics();
  CHECK(statistics.evictions > kFlood - 10'000);
  CHECK(statistics.bytes <= statistics.capacity);
}

TEST_CASE("RenderedCache: 1,000 hot packets survive a flood of one-time ones") {
  RenderedCache cache(std::size_t{1} << 20, kSeed);
  const auto insert = [&](const wire::Name& name) {
    const auto packet = reply({name}, {});
    cache.insert(rendered_key(name), packet, at(0), at(3600), at(3500));
  };
  for (int i = 0; i < kHot; ++i) insert(hot_name(i));
  int lost = 0;
  for (int i = 0; i < kFlood / 10; ++i) {
    insert(flood_name(i));
    if (i % 4 == 0 && cache.find(rendered_key(hot_name(i / 4 % kHot)), at(0)) == nullptr) ++lost;
  }
  CHECK(lost == 0);
  CHECK(cache.statistics().evictions > kFlood / 10 - 10'000);
}

TEST_CASE("what expired goes before what lives, hit or not") {
  CacheSettings settings;
  settings.serve_stale = wire::Seconds(0);
  AnswerCache cache(settings, std::size_t{256} << 10, kSeed);
  auto record = a_record(".", 10);
  for (int i = 0; i < 100; ++i) REQUIRE(store(cache, record, hot_name(i)) == 0);
  for (int i = 0; i < 100; ++i) REQUIRE(cache.find({hot_name(i), wire::Type::A}, at(0)));
  record.ttl = 3600;
  const auto fits = static_cast<int>(cache.statistics().capacity / (cache.statistics().bytes / 100));
  for (int i = 0; i < fits - 100; ++i) {
    record.owner = flood_name(i);
    REQUIRE(cache.store_data(record, Rank::Answer, View::Checked, at(5)));
  }
  // Whatever is evicted from now on: the hundred have expired, marked as they are.
  int more = 0;
  while (cache.statistics().evictions < 50) {
    record.owner = flood_name(fits + more++);
    REQUIRE(cache.store_data(record, Rank::Answer, View::Checked, at(20)));
  }
  for (int i = 0; i < fits - 100; ++i) REQUIRE(cache.find({flood_name(i), wire::Type::A}, at(20)));
}
