// Folding eight octets at a time gives what folding each octet gives, at every length and for every octet.
#include "wire/ascii_case.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <catch2/catch.hpp>

using namespace shirube;

namespace {

constexpr std::size_t kMost = 20;
constexpr std::uint8_t kBeyond = 0xEE;

// All octets come up, at every place of a word.
std::vector<std::uint8_t> octets_from(unsigned first, std::size_t count) {
  std::vector<std::uint8_t> octets;
  for (std::size_t i = 0; i < count; ++i) octets.push_back(static_cast<std::uint8_t>(first + i));
  return octets;
}

}  // namespace

TEST_CASE("octets are lowered at every length, and nothing beyond them is written") {
  for (std::size_t count = 0; count <= kMost; ++count) {
    for (unsigned first = 0; first < 256; ++first) {
      const auto octets = octets_from(first, count);
      std::array<std::uint8_t, kMost + 1> lowered{};
      lowered.fill(kBeyond);
      wire::copy_lowered(octets, lowered.data());
      std::vector<std::uint8_t> expected;
      std::ranges::transform(octets, std::back_inserter(expected), wire::lower);
      REQUIRE(std::equal(expected.begin(), expected.end(), lowered.begin()));
      REQUIRE(lowered[count] == kBeyond);
    }
  }
}

TEST_CASE("one octet that differs is seen at every place, and its case is not") {
  for (std::size_t count = 1; count <= kMost; ++count) {
    const std::vector<std::uint8_t> octets(count, 'k');
    for (std::size_t at = 0; at < count; ++at) {
      auto other = octets;
      other[at] = 'K';
      REQUIRE(wire::equal_ignoring_case(octets, other));
      other[at] = 'l';
      REQUIRE_FALSE(wire::equal_ignoring_case(octets, other));
      REQUIRE(wire::compare_ignoring_case(octets, other) == -wire::compare_ignoring_case(other, octets));
    }
  }
}
