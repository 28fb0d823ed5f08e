// ClientId: the client of a question, for counting shares. A client is a network, so that many owned or
// forged addresses of one network count as one client.
// Threads:  a value.
// Rules:    /24 of IPv4 and /56 of IPv6, as in response rate limiting. Each loopback address counts by
//           itself, because it belongs to a program of this host.
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
