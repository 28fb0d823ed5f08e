// Link: when, how often and whether at all a packet arrives.
// Threads:  pure but for the stream of chance.
// Units:    microseconds after sending.
#pragma once

#include <array>
#include <cstddef>

#include "sim/host.hpp"
#include "sim/seeded_random.hpp"

namespace shirube::sim {

struct Arrivals {
  std::array<wire::Duration, 2> after{};
  std::size_t count = 0;  // 0: lost; 2: duplicated
  [[nodiscard]] const wire::Duration* begin() const { return after.data(); }
  [[nodiscard]] const wire::Duration* end() const { return after.data() + count; }
};

// One datagram, one way.
[[nodiscard]] Arrivals datagram(const Link& link, SeededRandom& random);
// One TCP segment, one way: what the link loses is sent again, twice as late each time, until TCP gives up.
[[nodiscard]] Arrivals segment(const Link& link, SeededRandom& random);

}  // namespace shirube::sim
