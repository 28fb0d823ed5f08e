// ClientId: the client that a question is asked for, as far as shares are counted: its network, so that one
// that owns or forges many addresses is one.
// Threads:  a value.
// Rules:    /24 of IPv4 and /56 of IPv6, as response rate limits count; loopback addresses one by one: behind
//           each is a program of this host.
#pragma once

#include <compare>
#include <cstdint>

#include "wire/endpoint.hpp"

namespace shirube::upstream {

struct ClientId {
  std::uint64_t value = 0;  // 0: the resolver itself
  friend auto operator<=>(const ClientId&, const ClientId&) = default;
};

[[nodiscard]] inline bool is_loopback(const wire::Address& address) {
  constexpr std::uint8_t kLoopbackNet = 127;
  if (address.family == wire::Family::V4) return address.bytes[0] == kLoopbackNet;
  wire::Address loopback{.family = wire::Family::V6};
  loopback.bytes.back() = 1;
  return address == loopback;
}

[[nodiscard]] inline ClientId client_id(const wire::Address& of) {
  constexpr std::size_t kV4Octets = 3;
  constexpr std::size_t kV6Octets = 7;
  constexpr std::uint64_t kV4 = 1;
  constexpr std::uint64_t kV6 = 2;
  constexpr std::uint64_t kLocal = 4;
  const auto address = of.unmapped();
  const bool is_v4 = address.family == wire::Family::V4;
  const bool is_local = is_loopback(address);
  std::size_t octets = is_v4 ? kV4Octets : kV6Octets;
  if (is_local && is_v4) ++octets;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < octets; ++i) value = value << 8 | address.bytes.at(i);
  return {value << 8 | (is_v4 ? kV4 : kV6) | (is_local ? kLocal : 0)};
}

}  // namespace shirube::upstream
