// SeededRandom: the one source of chance in the simulation (SplitMix64): the same seed gives the same stream
// on every machine.
// Threads:  a value; one owner.
// Errors:   none. Not for secrets: two outputs tell the rest.
// Source:   Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014). One word of state,
//           so that a world costs nothing to seed; std::mt19937_64 would cost 2.5 kB, and std distributions
//           differ between libraries.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/bytes.hpp"

namespace shirube::sim {

class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // Even over [0, bound). REQUIRES: 0 < bound <= 2^32.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return ((next() >> 32) * bound) >> 32; }
  [[nodiscard]] bool happens(double probability) {
    return static_cast<double>(next() >> 11) * 0x1.0p-53 < probability;
  }
  void fill(wire::BytesSpan bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i, word >>= 8) {
      if (i % sizeof word == 0) word = next();
      bytes[i] = static_cast<std::uint8_t>(word);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace shirube::sim
