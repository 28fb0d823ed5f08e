// A map that is bounded, and forgets what nobody asks for first.
#include "upstream/generations.hpp"

#include <functional>

#include <catch2/catch.hpp>

using Map = shirube::upstream::Generations<int, int, std::hash<int>>;

namespace {
constexpr std::size_t kMost = 8;
}

TEST_CASE("what was put there is found, and what was not is not") {
  Map map(kMost, {});
  map.at(1) = 10;
  map.at(2) = 20;
  map.at(1) += 1;
  REQUIRE(map.find(1) != nullptr);
  CHECK(*map.find(1) == 11);
  CHECK(*map.find(2) == 20);
  CHECK(map.find(3) == nullptr);
  CHECK(map.size() == 2);
}

TEST_CASE("it never holds more than its bound") {
  Map map(kMost, {});
  std::size_t most = 0;
  for (int i = 0; i < 1'000; ++i) {
    map.at(i) = i;
    most = std::max(most, map.size());
  }
  CHECK(most == kMost);
}

TEST_CASE("what is used survives any number of newcomers, what is not goes") {
  Map map(kMost, {});
  map.at(-1) = 1;
  map.at(-2) = 2;
  for (int i = 0; i < 1'000; ++i) {
    map.at(i) = i;
    if (i % 4 == 0) REQUIRE(map.find(-1) != nullptr);
  }
  CHECK(*map.find(-1) == 1);
  CHECK(map.find(-2) == nullptr);
}

TEST_CASE("a find that finds nothing makes nothing") {
  Map map(kMost, {});
  for (int i = 0; i < 100; ++i) CHECK(map.find(i) == nullptr);
  CHECK(map.size() == 0);
}

TEST_CASE("a reference is good for half as many calls as the map holds") {
  Map map(kMost, {});
  for (int before = 0; before < 4; ++before) {
    auto& value = map.at(-1);
    value = 7;
    for (int i = 0; i < 4; ++i) map.at(100 * before + i) = 0;
    CHECK(value == 7);
    CHECK(map.find(-1) != nullptr);
  }
}

TEST_CASE("a reference stays good when its value is asked for again, between a generation and the next") {
  Map map(kMost, {});
  for (int i = 0; i < 4; ++i) map.at(i) = i;
  const auto& value = map.at(0);
  map.at(100) = 0;  // a new generation: what was there is old
  CHECK(&map.at(0) == &value);
  CHECK(value == 0);
  CHECK(map.find(0) == &value);
  CHECK(map.size() <= kMost);
}

TEST_CASE("every value is visited once, old and young") {
  Map map(kMost, {});
  for (int i = 0; i < 6; ++i) map.at(i) = 1;
  int sum = 0;
  map.for_each([&](int& value) {
    sum += value;
    value = 5;
  });
  CHECK(sum == 6);
  CHECK(*map.find(0) == 5);
  CHECK(*map.find(5) == 5);
}
