#include "server/socket_address.hpp"

#include <algorithm>
#include <cstring>

namespace shirube::server {

SocketAddress::SocketAddress(const wire::Endpoint& endpoint, std::uint32_t scope) : v6{} {
  if (endpoint.address.family == wire::Family::V4) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(endpoint.port);
    std::memcpy(&v4.sin_addr, endpoint.address.bytes.data(), sizeof v4.sin_addr);
  } else {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(endpoint.port);
    v6.sin6_scope_id = scope;
    std::memcpy(&v6.sin6_addr, endpoint.address.bytes.data(), sizeof v6.sin6_addr);
  }
}

wire::Endpoint SocketAddress::endpoint() const {
  if (any.sa_family == AF_INET6) return {from_kernel(v6.sin6_addr), ntohs(v6.sin6_port)};
  return {from_kernel(v4.sin_addr), ntohs(v4.sin_port)};
}

wire::Address from_kernel(const in_addr& address) {
  wire::Address result;
  std::memcpy(result.bytes.data(), &address, sizeof address);
  return result;
}

wire::Address from_kernel(const in6_addr& address) {
  wire::Address result{.family = wire::Family::V6};
  std::memcpy(result.bytes.data(), &address, sizeof address);
  return result;
}

bool is_wildcard(const wire::Address& address) {
  return std::ranges::all_of(address.bytes, [](std::uint8_t byte) { return byte == 0; });
}

wire::Endpoint local_endpoint(int fd) {
  SocketAddress address;
  socklen_t size = sizeof address;
  if (::getsockname(fd, &address.any, &size) != 0) return {};
  return address.endpoint();
}

void set_option(int fd, int level, int name, int value) {
  ::setsockopt(fd, level, name, &value, sizeof value);
}

void ignore_path_mtu(int fd, wire::Family family) {
  if (family == wire::Family::V4) {
    set_option(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_OMIT);
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_OMIT);
  }
}

}  // namespace shirube::server
