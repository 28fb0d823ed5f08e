// Listening sockets of one endpoint: UDP and TCP, one pair a worker, which the kernel spreads clients over
// (SO_REUSEPORT).
// Threads:  the main thread opens all of them before any traffic, while it may still bind privileged ports: a
//           socket that joins later would pull running flows over to itself.
// Owns:     the sockets, until a listener takes them.
// Errors:   values; a host without IPv6 gives FamilyUnsupported for [::1], which is only a warning. An
//           address that the host lacks is no error: it may appear later (IP_FREEBIND).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "server/owned_fd.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

struct ListenPair {
  OwnedFd udp;
  OwnedFd tcp;
};

enum class ListenFault : std::uint8_t {
  FamilyUnsupported,
  AddressUnavailable,
  PermissionDenied,
  AddressInUse,
  Other
};
struct ListenError {
  ListenFault fault = ListenFault::Other;
  std::string text;  // "cannot listen on UDP 127.0.0.1:53: ..."
};

// A resolver answers on the line's rate, not on that of a burst: this many octets of queries may wait for us
// (best effort).
inline constexpr int kReceiveBuffer = 4 << 20;
inline constexpr int kTcpBacklog = 256;

// False: sockets on the address receive nothing until an interface has it.
[[nodiscard]] bool host_has(const wire::Address& address);

// Port 0 takes a free one, the same for all of them (tests). Fails with AddressInUse if any other program is
// there, also one that would share the port.
[[nodiscard]] std::expected<std::vector<ListenPair>, ListenError> open_listen_sockets(
    const wire::Endpoint& endpoint, std::size_t workers);

}  // namespace shirube::server
