// Rendered answers are told apart by all that shapes them, and found only while they live.
#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
const wire::Name kName = wire::Name::literal("www.example.");
}

TEST_CASE("each part of the key counts") {
  RenderedCache cache(kPlenty, kSeed);
  const auto key = rendered_key(kName);
  cache.insert(key, reply(question("www.example."), {}), at(0), at(60), at(54));
  const auto found = [&](auto change) {
    auto other = key;
    change(other);
    return cache.find(other, at(0)) != nullptr;
  };
  const auto another_name = wire::Name::literal("wwx.example.");
  CHECK(found([](RenderedKey&) {}));
  CHECK_FALSE(found([&](RenderedKey& other) { other.lowered_name = another_name.wire(); }));
  CHECK_FALSE(found([](RenderedKey& other) { other.type = wire::Type::AAAA; }));
  CHECK_FALSE(found([](RenderedKey& other) { other.size_limit = 512; }));
  CHECK_FALSE(found([](RenderedKey& other) { other.profile = 1; }));
  CHECK_FALSE(found([](RenderedKey& other) { other.form = 1; }));
  CHECK(cache.statistics().hits == 1);
  CHECK(cache.statistics().misses == 5);
}

TEST_CASE("an entry is found until it expires") {
  RenderedCache cache(kPlenty, kSeed);
  cache.insert(rendered_key(kName), reply(question("www.example."), {}), at(0), at(60), at(54));
  const Rendered* found = cache.find(rendered_key(kName), at(59.999));
  REQUIRE(found != nullptr);
  CHECK(found->stored == at(0));
  CHECK(found->refresh_at == at(54));
  CHECK(found->expires == at(60));
  CHECK(cache.find(rendered_key(kName), at(60)) == nullptr);
}

TEST_CASE("that a refresh was asked for is kept with the entry until it is replaced") {
  RenderedCache cache(kPlenty, kSeed);
  const auto packet = reply(question("www.example."), {});
  cache.insert(rendered_key(kName), packet, at(0), at(60), at(54));
  CHECK_FALSE(cache.find(rendered_key(kName), at(55))->refresh_asked);
  cache.find(rendered_key(kName), at(55))->refresh_asked = true;
  CHECK(cache.find(rendered_key(kName), at(56))->refresh_asked);
  cache.insert(rendered_key(kName), packet, at(57), at(117), at(111));
  CHECK_FALSE(cache.find(rendered_key(kName), at(58))->refresh_asked);
  CHECK(cache.statistics().entries == 1);
}
