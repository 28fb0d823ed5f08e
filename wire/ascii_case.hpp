// ASCII case folding, eight octets at a time: every cache lookup compares or lowers a name.
// Threads:  pure functions.
// Rules:    only A-Z fold (RFC 4343 §3). Length octets of a wire-format name are at most 63 and so never
//           letters: a name is folded and compared as one run of octets.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "wire/bytes.hpp"

namespace shirube::wire {

[[nodiscard]] constexpr std::uint8_t lower(std::uint8_t c) {
  return c >= 'A' && c <= 'Z' ? static_cast<std::uint8_t>(c + 32) : c;
}

// All eight octets of `word` lowered at once: bit 7 of each octet becomes "is a capital", then turns into
// 0x20.
[[nodiscard]] constexpr std::uint64_t lower_word(std::uint64_t word) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  const std::uint64_t low_bits = word & (0x7f * kEach);
  const std::uint64_t from_a = low_bits + (0x80 - 'A') * kEach;
  const std::uint64_t after_z = low_bits + (0x7f - 'Z') * kEach;
  const std::uint64_t capitals = ~word & (from_a ^ after_z) & (0x80 * kEach);
  return word | (capitals >> 2);
}

// `count` octets at p (1 to 8) as a word; the missing ones are zero. A memcpy() of a variable size would be a
// call, so two loads that overlap take its place.
[[nodiscard]] inline std::uint64_t load_word(const std::uint8_t* p, std::size_t count = 8) {
  std::uint64_t word = 0;
  if (count == 8) {
    std::memcpy(&word, p, 8);
  } else if constexpr (std::endian::native != std::endian::little) {
    std::memcpy(&word, p, count);
  } else if (count >= 4) {
    std::uint32_t last = 0;
    std::memcpy(&last, p + count - 4, 4);
    std::memcpy(&word, p, 4);
    word |= std::uint64_t{last} << (8 * (count - 4));
  } else {
    const std::size_t middle = count / 2;
    word = p[0] | std::uint64_t{p[middle]} << (8 * middle) | std::uint64_t{p[count - 1]} << (8 * (count - 1));
  }
  return word;
}

// The first `count` octets of `word`, as load_word() read them. REQUIRES: count octets at p.
inline void store_word(std::uint8_t* p, std::uint64_t word, std::size_t count) {
  if (count == 8) {
    std::memcpy(p, &word, 8);
  } else if constexpr (std::endian::native != std::endian::little) {
    std::memcpy(p, &word, count);
  } else if (count >= 4) {
    const auto last = static_cast<std::uint32_t>(word >> (8 * (count - 4)));
    std::memcpy(p, &word, 4);
    std::memcpy(p + count - 4, &last, 4);
  } else {
    for (std::size_t i = 0; i < count; ++i) p[i] = static_cast<std::uint8_t>(word >> (8 * i));
  }
}

// Calls use(offset, count, word) for each run of up to eight octets; stops when it returns false.
template <class Use>
constexpr void for_each_word(BytesView bytes, Use&& use) {
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    if (!use(at, std::size_t{8}, load_word(&bytes[at]))) return;
  }
  if (at < bytes.size()) use(at, bytes.size() - at, load_word(&bytes[at], bytes.size() - at));
}

// A total order without case: shorter first. <0, 0, >0. Not the canonical order of names.
[[nodiscard]] inline int compare_ignoring_case(BytesView a, BytesView b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  int order = 0;
  for_each_word(a, [&](std::size_t at, std::size_t count, std::uint64_t word) {
    const std::uint64_t ours = lower_word(word);
    const std::uint64_t theirs = lower_word(load_word(&b[at], count));
    if (ours != theirs) order = ours < theirs ? -1 : 1;
    return order == 0;
  });
  return order;
}
[[nodiscard]] inline bool equal_ignoring_case(BytesView a, BytesView b) {
  return compare_ignoring_case(a, b) == 0;
}

// REQUIRES: bytes.size() octets at `to`.
inline void copy_lowered(BytesView bytes, std::uint8_t* to) {
  for_each_word(bytes, [to](std::size_t at, std::size_t count, std::uint64_t word) {
    store_word(to + at, lower_word(word), count);
    return true;
  });
}

}  // namespace shirube::wire
