// SocketAddress: the kernel's form of an endpoint, and the way there and back.
// Threads:  values; no I/O but local_endpoint(), which asks the kernel.
#pragma once

#include <cstdint>

#include <netinet/in.h>
#include <sys/socket.h>

#include "wire/endpoint.hpp"

namespace shirube::server {

// sockaddr_storage would be 128 bytes and a batch holds many: this is as large as DNS needs.
union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;

  SocketAddress() : v6{} {}
  // `scope`: the interface of a link-local IPv6 address, else 0.
  explicit SocketAddress(const wire::Endpoint& endpoint, std::uint32_t scope = 0);

  [[nodiscard]] socklen_t size() const { return any.sa_family == AF_INET ? sizeof v4 : sizeof v6; }
  [[nodiscard]] wire::Endpoint endpoint() const;
  [[nodiscard]] std::uint32_t scope() const { return any.sa_family == AF_INET6 ? v6.sin6_scope_id : 0; }
};

[[nodiscard]] constexpr int address_family(wire::Family family) {
  return family == wire::Family::V4 ? AF_INET : AF_INET6;
}
[[nodiscard]] wire::Address from_kernel(const in_addr& address);
[[nodiscard]] wire::Address from_kernel(const in6_addr& address);
[[nodiscard]] bool is_wildcard(const wire::Address& address);

// Where a bound socket sits; 0.0.0.0:0 when the descriptor is no socket.
[[nodiscard]] wire::Endpoint local_endpoint(int fd);

// Best effort: options that make things better but whose absence stops nothing.
void set_option(int fd, int level, int name, int value);

// Datagrams go out whole or fragmented by the interface's MTU only: forged "fragmentation needed" messages
// change nothing, and so cannot make our packets come apart for an attacker to replace the halves.
void ignore_path_mtu(int fd, wire::Family family);

}  // namespace shirube::server
