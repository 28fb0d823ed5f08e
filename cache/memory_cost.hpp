// What memory really costs, as the byte budgets of the caches count it.
// Threads:  constants and pure functions.
// Units:    bytes.
// Source:   glibc malloc: chunks of a multiple of 16 bytes, 8 of them its own, 32 at least. Other allocators
//           differ by a few per cent; counting by rule rather than by malloc_usable_size() gives every build
//           the same numbers.
#pragma once

#include <algorithm>
#include <cstddef>

namespace shirube::cache {

inline constexpr std::size_t kAllocationOverhead = 16;

[[nodiscard]] constexpr std::size_t allocation_cost(std::size_t bytes) {
  return std::max<std::size_t>(32, (bytes + 8 + 15) / 16 * 16);
}

}  // namespace shirube::cache
