// TcpLimits: what clients may take of us over TCP; each limit with the attack that it bounds.
// Threads:  values.
// Units:    microseconds; octets.
// Source:   RFC 7766 §6.2; CVE-2024-12705 (BIND, flooding over TCP).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "wire/time.hpp"

namespace shirube::server {

struct TcpLimits {
  // Connection flood: descriptors and memory, per worker. The oldest idle connection makes room for a new
  // one.
  std::size_t connections = 256;
  // One client that opens connections until nobody else gets one: it may hold half.
  std::size_t connections_per_client = 128;
  // Pipelined misses of one stream, each of which holds a resolution; beyond, the stream is not read.
  std::size_t in_flight = 128;
  // A client that asks for big answers and does not read them. Beyond, the stream is not read; replies that
  // still come close it.
  std::size_t queued_output = std::size_t{256} << 10;
  // Connections that are kept for nothing. Shrinks when over half of all connections are taken.
  wire::Duration idle = std::chrono::seconds{10};
  // Slow-loris: a message that has begun must be there by then, however its octets trickle.
  wire::Duration whole_message = std::chrono::seconds{5};
  // A client that reads hardly at all: what waits for it must leave within this time.
  wire::Duration stalled_output = std::chrono::seconds{10};
  // How often the times above are looked at.
  wire::Duration sweep = std::chrono::milliseconds{250};
};

// How long a connection may idle when `open` of them are.
[[nodiscard]] constexpr wire::Duration idle_time(const TcpLimits& limits, std::size_t open) {
  constexpr int kShortestPart = 20;
  const auto half = limits.connections / 2;
  if (open <= half) return limits.idle;
  const auto free = open < limits.connections ? limits.connections - open : 0;
  const auto shrunk = limits.idle * static_cast<wire::Duration::rep>(free) /
                      static_cast<wire::Duration::rep>(limits.connections - half);
  return std::max(shrunk, limits.idle / kShortestPart);
}

}  // namespace shirube::server
