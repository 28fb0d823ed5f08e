// A change of configuration voids all rendered answers at once, and their memory is used again.
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
void insert(RenderedCache& cache, const wire::Name& name) {
  cache.insert(rendered_key(name), reply({name}, {}), at(0), at(60), at(54));
}
}  // namespace

TEST_CASE("drop_all voids what is in, not what comes after") {
  RenderedCache cache(kPlenty, kSeed);
  const auto name = wire::Name::literal("www.example.");
  insert(cache, name);
  REQUIRE(cache.find(rendered_key(name), at(0)) != nullptr);
  cache.drop_all();
  CHECK(cache.find(rendered_key(name), at(0)) == nullptr);
  insert(cache, name);
  CHECK(cache.find(rendered_key(name), at(0)) != nullptr);
  CHECK(cache.statistics().entries == 1);
}

TEST_CASE("a moved cache keeps its entries and its generation") {
  RenderedCache cache(kPlenty, kSeed);
  const auto name = wire::Name::literal("www.example.");
  cache.drop_all();
  insert(cache, name);
  RenderedCache moved = std::move(cache);
  CHECK(moved.find(rendered_key(name), at(0)) != nullptr);
}

TEST_CASE("voided entries go first, marked or not") {
  RenderedCache cache(std::size_t{64} << 10, kSeed);
  const auto old_name = [](int i) { return wire::Name::literal("o" + std::to_string(i) + ".example."); };
  const auto new_name = [](int i) { return wire::Name::literal("n" + std::to_string(i) + ".example."); };
  for (int i = 0; i < 100; ++i) {
    insert(cache, old_name(i));
    REQUIRE(cache.find(rendered_key(old_name(i)), at(0)) != nullptr);
  }
  cache.drop_all();
  int inserted = 0;
  while (cache.statistics().evictions < 100) insert(cache, new_name(inserted++));
  for (int i = 0; i < inserted; ++i) REQUIRE(cache.find(rendered_key(new_name(i)), at(0)) != nullptr);
}
