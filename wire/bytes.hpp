// Spans of bytes, and the three big-endian reads and writes that all of DNS is made of.
// Threads:  views and pure functions.
// Errors:   none; the caller has checked the bounds (REQUIRES below).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::wire {

using BytesView = std::span<const std::uint8_t>;
using BytesSpan = std::span<std::uint8_t>;
using Bytes = std::vector<std::uint8_t>;

// REQUIRES: two (four) bytes at p.
[[nodiscard]] inline std::uint16_t read_u16(const std::uint8_t* p) {
  return static_cast<std::uint16_t>((p[0] << 8) | p[1]);
}
[[nodiscard]] inline std::uint32_t read_u32(const std::uint8_t* p) {
  return (std::uint32_t{p[0]} << 24) | (std::uint32_t{p[1]} << 16) | (std::uint32_t{p[2]} << 8) | p[3];
}
inline void write_u16(std::uint8_t* p, std::uint16_t v) {
  p[0] = static_cast<std::uint8_t>(v >> 8);
  p[1] = static_cast<std::uint8_t>(v);
}
inline void write_u32(std::uint8_t* p, std::uint32_t v) {
  p[0] = static_cast<std::uint8_t>(v >> 24);
  p[1] = static_cast<std::uint8_t>(v >> 16);
  p[2] = static_cast<std::uint8_t>(v >> 8);
  p[3] = static_cast<std::uint8_t>(v);
}

}  // namespace shirube::wire
