// The caches never take more memory than they are given, whatever is put into them.
#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
wire::RRset big_record(std::string_view owner, std::size_t bytes) {
  auto rrset = a_record(owner, 300);
  rrset.type = wire::Type::TXT;
  for (; bytes > 0; bytes -= std::min<std::size_t>(bytes, 60'000))
    rrset.rdatas.add(wire::Bytes(std::min<std::size_t>(bytes, 60'000)));
  return rrset;
}
}  // namespace

TEST_CASE("AnswerCache stays within its capacity after every call") {
  AnswerCache cache({}, std::size_t{512} << 10, kSeed);
  std::mt19937 random(7);
  for (int i = 0; i < 5'000; ++i) {
    const auto name = "n" + std::to_string(random() % 3'000) + ".example.";
    switch (random() % 4) {
      case 0:
        static_cast<void>(
            cache.store_data(big_record(name, random() % 20'000), Rank::Answer, View::Checked, at(i)));
        break;
      case 1:
        static_cast<void>(cache.store_negative(key(name), Kind::NoData, soa_proof(60, 60), at(i)));
        break;
      case 2:
        cache.store_failure(key(name), {{wire::Ede::Other, std::string(random() % 500, 'x')}}, at(i));
        break;
      default:
        cache.erase(wire::Name::literal(name));
    }
    const auto statistics = cache.statistics();
    REQUIRE(statistics.bytes <= statistics.capacity);
  }
  CHECK(cache.statistics().evictions > 0);
  CHECK(cache.statistics().entries > 10);
}

TEST_CASE("an entry of over 128 KiB is counted and not kept") {
  AnswerCache cache({}, kPlenty, kSeed);
  CHECK_FALSE(
      cache.store_data(big_record("big.example.", kMaxEntryBytes), Rank::Answer, View::Checked, at(0)));
  CHECK(cache.store_data(big_record("big.example.", kMaxEntryBytes - 1'000), Rank::Answer, View::Checked,
                         at(0)));
  CHECK(cache.statistics().oversized == 1);
  CHECK(cache.statistics().entries == 1);
  CHECK(cache.statistics().bytes > kMaxEntryBytes - 1'000);
}

TEST_CASE("a smaller capacity holds at once, and what fits stays") {
  AnswerCache cache({}, std::size_t{4} << 20, kSeed);
  for (int i = 0; i < 5'000; ++i) {
    REQUIRE(cache.store_data(a_record("n" + std::to_string(i) + ".example.", 300), Rank::Answer,
                             View::Checked, at(0)));
  }
  REQUIRE(cache.statistics().entries == 5'000);
  cache.set_settings({}, std::size_t{256} << 10);
  const auto statistics = cache.statistics();
  CHECK(statistics.bytes <= std::size_t{256} << 10);
  CHECK(statistics.entries > 400);
  CHECK(cache.find(key("n4999.example."), at(0)));
}

TEST_CASE("clear() and erase() give the memory back") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("a.example.", 300), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_data(big_record("A.example.", 100), Rank::Answer, View::Checked, at(0)));
  cache.erase(wire::Name::literal("a.EXAMPLE."));
  CHECK(cache.statistics().entries == 0);
  CHECK(cache.statistics().bytes == 0);
  for (int i = 0; i < 2'000; ++i) {
    REQUIRE(cache.store_data(a_record("n" + std::to_string(i) + ".example.", 300), Rank::Answer,
                             View::Checked, at(0)));
  }
  cache.clear();
  CHECK(cache.statistics().bytes == 0);
  CHECK_FALSE(cache.find(key("n1.example."), at(0)));
}

TEST_CASE("one name cannot hold endless types") {
  AnswerCache cache({}, kPlenty, kSeed);
  auto record = a_record("many.example.", 300);
  REQUIRE(cache.store_data(record, Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.find(key("many.example."), at(0)));
  for (unsigned type = 1000; type < 3000; ++type) {
    record.type = static_cast<wire::Type>(type);
    REQUIRE(cache.store_data(record, Rank::Answer, View::Checked, at(0)));
  }
  CHECK(cache.statistics().entries == kMaxEntriesPerName);
  CHECK(cache.find(key("many.example."), at(0)));  // somebody wanted it
}

TEST_CASE("RenderedCache stays within its capacity after every call") {
  RenderedCache cache(std::size_t{64} << 10, kSeed);
  std::mt19937 random(7);
  std::size_t highest = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto name = wire::Name::literal("n" + std::to_string(random() % 2'000) + ".example.");
    std::vector<wire::RRset> records;
    for (auto n = random() % 20; n > 0; --n)
      records.push_back(a_record("x.example.", 300, static_cast<std::uint8_t>(n)));
    const auto packet = reply({name}, records);
    cache.insert(rendered_key(name), packet, at(i), at(i + 300), at(i + 270));
    highest = std::max(highest, cache.statistics().bytes);
  }
  CHECK(highest <= std::size_t{64} << 10);
  CHECK(cache.statistics().entries > 50);
  cache.set_capacity(8'000);
  CHECK(cache.statistics().bytes <= 8'000);
  cache.set_capacity(0);
  CHECK(cache.statistics().bytes == 0);
  CHECK(cache.statistics().entries == 0);
}

TEST_CASE("a rendered answer of 100 bytes costs little more than itself") {
  RenderedCache cache(kPlenty, kSeed);
  std::size_t payload = 0;
  for (int i = 0; i < 8'192; ++i) {
    const auto name = wire::Name::literal("n" + std::to_string(i) + ".example.");
    const auto packet = reply({name}, {a_record("x.example.", 300)});
    payload += packet.size() + name.size() + 2;
    cache.insert(rendered_key(name), packet, at(0), at(300), at(270));
  }
  REQUIRE(cache.statistics().entries == 8'192);
  // 64 for the node, 8 for its bucket, and what malloc rounds up to: 8 to 23.
  CHECK((cache.statistics().bytes - payload) / 8'192 <= 64 + 8 + 23);
}
