// Dice: what a seed decides, in the words of whoever draws a world.
// Threads:  a value; one owner.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/seeded_random.hpp"
#include "wire/time.hpp"

namespace shirube::simulation {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] bool happens(double probability) { return random_.happens(probability); }
  // Even over [0, bound). REQUIRES: bound > 0.
  [[nodiscard]] std::size_t below(std::size_t bound) { return random_.below(bound); }
  // Even over [least, most].
  [[nodiscard]] std::size_t between(std::size_t least, std::size_t most) {
    return least + below(most - least + 1);
  }
  [[nodiscard]] double fraction() { return static_cast<double>(below(std::size_t{1} << 30)) / (1 << 30); }
  [[nodiscard]] wire::Duration up_to(wire::Duration most) {
    return wire::Duration(static_cast<std::int64_t>(fraction() * static_cast<double>(most.count())));
  }
  template <class Choices>
  [[nodiscard]] decltype(auto) pick(const Choices& choices) {
    return choices[below(choices.size())];
  }
  template <class T, std::size_t N>
  [[nodiscard]] T one_of(const T (&choices)[N]) {
    return choices[below(N)];
  }
  // Dice of their own, so that one part of a run may throw more often without changing the others.
  [[nodiscard]] Dice split() { return Dice(random_.next()); }
  [[nodiscard]] std::uint64_t seed() { return random_.next(); }

 private:
  sim::SeededRandom random_;
};

}  // namespace shirube::simulation
