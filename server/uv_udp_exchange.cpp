#include "server/uv_udp_exchange.hpp"

#include <cerrno>

#include <sys/socket.h>

#include "server/socket_address.hpp"

namespace shirube::server {
namespace {

constexpr std::uint32_t kFirstPort = 1'024;
constexpr std::uint32_t kPorts = 65'536 - kFirstPort;

// With half of all ports taken, 16 draws still fail only once in 65,536 times.
constexpr int kMaxPortDraws = 16;

}  // namespace

std::expected<void, upstream::ExchangeError> UvUdpExchange::open() {
  const auto& server = request().server;
  const auto failed = [] { return std::unexpected(read_errno(errno)); };
  fd_ =
      OwnedFd(::socket(address_family(server.address.family), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd_) return failed();
  ignore_path_mtu(fd_.get(), server.address.family);
  if (!bind_random_port()) return failed();
  const SocketAddress address(server);
  if (::connect(fd_.get(), &address.any, address.size()) != 0) return failed();
  if (!host().sockets().add(fd_.get(), *this)) return std::unexpected(upstream::ExchangeError::Local);
  note_sent();
  if (::send(fd_.get(), request().query.data(), request().query.size(), MSG_NOSIGNAL) < 0) return failed();
  return {};
}

bool UvUdpExchange::bind_random_port() {
  auto& network = host().network();
  wire::Endpoint local{.address = {.family = request().server.address.family}};
  for (int draw = 0; draw < kMaxPortDraws; ++draw) {
    local.port = static_cast<std::uint16_t>(kFirstPort + network.random_below(kPorts));
    const SocketAddress address(local);
    if (::bind(fd_.get(), &address.any, address.size()) == 0) return true;
    if (errno != EADDRINUSE) return false;
  }
  return false;
}

void UvUdpExchange::on_ready() {
  // Ends at the latest when the gate gives up, so a flood cannot keep the loop here.
  while (true) {
    const auto buffer = host().scratch();
    const auto got = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got >= 0) {
      if (take_packet(buffer.first(static_cast<std::size_t>(got)))) return;
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      const auto error = read_errno(errno);
      const bool is_icmp =
          error == upstream::ExchangeError::Refused || error == upstream::ExchangeError::Unreachable;
      if (!is_icmp) return end(error);
      if (take_icmp(error)) return;
    }
  }
}

}  // namespace shirube::server
