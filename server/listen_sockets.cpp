#include "server/listen_sockets.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "server/socket_address.hpp"

namespace shirube::server {
namespace {

enum class Sharing : std::uint8_t { Exclusive, BetweenWorkers };

struct Kind {
  int type;
  const char* name;
};
constexpr Kind kUdp{SOCK_DGRAM, "UDP"};
constexpr Kind kTcp{SOCK_STREAM, "TCP"};

ListenFault read_errno(int error) {
  switch (error) {
    case EAFNOSUPPORT:
    case EPROTONOSUPPORT:
      return ListenFault::FamilyUnsupported;
    case EADDRNOTAVAIL:
      return ListenFault::AddressUnavailable;
    case EACCES:
    case EPERM:
      return ListenFault::PermissionDenied;
    case EADDRINUSE:
      return ListenFault::AddressInUse;
    default:
      return ListenFault::Other;
  }
}

void tune_udp(int fd, const wire::Address& address) {
  set_option(fd, SOL_SOCKET, SO_RCVBUF, kReceiveBuffer);
  set_option(fd, SOL_SOCKET, SO_SNDBUF, kReceiveBuffer);
  ignore_path_mtu(fd, address.family);
  // Which of our addresses was asked costs about 4 % to find out, and is known when the socket has just one.
  if (!is_wildcard(address)) return;
  if (address.family == wire::Family::V4) {
    set_option(fd, IPPROTO_IP, IP_PKTINFO, 1);
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
  }
}

// The address may be added after the start (DHCP, a VLAN, a virtual IP): the socket then serves it.
void allow_missing_address(int fd, wire::Family family) {
  if (family == wire::Family::V4) {
    set_option(fd, IPPROTO_IP, IP_FREEBIND, 1);
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_FREEBIND, 1);
  }
}

using OpenResult = std::expected<OwnedFd, ListenError>;

OpenResult open_socket(Kind kind, const wire::Endpoint& endpoint, Sharing sharing) {
  const auto failed = [&] {
    const int error = errno;
    return std::unexpected(ListenError{
        read_errno(error), fmt::format("cannot listen on {} {}: {}", kind.name, endpoint.text(),
                                       std::error_code(error, std::generic_category()).message())});
  };
  OwnedFd fd(::socket(address_family(endpoint.address.family), kind.type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return failed();
  // Without it, connections of a former run in TIME_WAIT would block a restart for a minute. (For UDP it
  // would let the last binder take all packets.)
  if (kind.type == SOCK_STREAM) set_option(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (sharing == Sharing::BetweenWorkers) set_option(fd.get(), SOL_SOCKET, SO_REUSEPORT, 1);
  if (endpoint.address.family == wire::Family::V6) set_option(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
  allow_missing_address(fd.get(), endpoint.address.family);
  if (kind.type == SOCK_DGRAM) tune_udp(fd.get(), endpoint.address);
  const SocketAddress address(endpoint);
  if (::bind(fd.get(), &address.any, address.size()) != 0) return failed();
  if (kind.type == SOCK_STREAM && ::listen(fd.get(), kTcpBacklog) != 0) return failed();
  return fd;
}

std::expected<std::vector<ListenPair>, ListenError> open_pairs(wire::Endpoint endpoint, std::size_t workers) {
  // SO_REUSEPORT would let a second server of the same user slip in and take half of the clients: ask for the
  // port alone first.
  {
    auto udp = open_socket(kUdp, endpoint, Sharing::Exclusive);
    if (!udp) return std::unexpected(std::move(udp).error());
    endpoint = local_endpoint(udp->get());
    auto tcp = open_socket(kTcp, endpoint, Sharing::Exclusive);
    if (!tcp) return std::unexpected(std::move(tcp).error());
  }
  std::vector<ListenPair> pairs;
  for (std::size_t worker = 0; worker < workers; ++worker) {
    auto udp = open_socket(kUdp, endpoint, Sharing::BetweenWorkers);
    if (!udp) return std::unexpected(std::move(udp).error());
    auto tcp = open_socket(kTcp, endpoint, Sharing::BetweenWorkers);
    if (!tcp) return std::unexpected(std::move(tcp).error());
    pairs.push_back({.udp = *std::move(udp), .tcp = *std::move(tcp)});
  }
  return pairs;
}

}  // namespace

bool host_has(const wire::Address& address) {
  const OwnedFd fd(::socket(address_family(address.family), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const SocketAddress any_port(wire::Endpoint{address, 0});
  return fd && ::bind(fd.get(), &any_port.any, any_port.size()) == 0;
}

std::expected<std::vector<ListenPair>, ListenError> open_listen_sockets(const wire::Endpoint& endpoint,
                                                                        std::size_t workers) {
  // A port that is free for UDP may be taken for TCP.
  constexpr int kMaxFreePortDraws = 8;
  const int draws = endpoint.port == 0 ? kMaxFreePortDraws : 1;
  auto result = open_pairs(endpoint, workers);
  for (int draw = 1; draw < draws && !result && result.error().fault == ListenFault::AddressInUse; ++draw) {
    result = open_pairs(endpoint, workers);
  }
  return result;
}

}  // namespace shirube::server
