#include "server/uv_tcp_exchange.hpp"

#include <cerrno>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "server/socket_address.hpp"

namespace shirube::server {

using upstream::ExchangeError;

std::expected<void, ExchangeError> UvTcpExchange::open() {
  const auto& server = request().server;
  fd_ =
      OwnedFd(::socket(address_family(server.address.family), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd_) return std::unexpected(read_errno(errno));
  set_option(fd_.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  const SocketAddress address(server);
  if (::connect(fd_.get(), &address.any, address.size()) != 0 && errno != EINPROGRESS) {
    return std::unexpected(read_errno(errno));
  }
  output_.append(request().query);
  poll_ = UvPoll(host().loop(), fd_.get(), [this](UvPoll::Event event) { on_event(event); });
  if (!poll_.watch({.read = true, .write = true})) return std::unexpected(ExchangeError::Local);
  return {};
}

void UvTcpExchange::on_event(UvPoll::Event event) {
  if (event.error) {
    const int error = pending_error(fd_.get());
    return end(error == 0 ? ExchangeError::Closed : read_errno(error));
  }
  if (event.writable && send_query()) return;
  if (event.readable && receive()) return;
  if (!poll_.watch({.read = true, .write = !output_.pending().empty()})) end(ExchangeError::Local);
}

bool UvTcpExchange::send_query() {
  const auto pending = output_.pending();
  if (pending.empty()) return false;
  const auto count = ::send(fd_.get(), pending.data(), pending.size(), MSG_NOSIGNAL);
  if (count >= 0) {
    note_sent();
    output_.sent(static_cast<std::size_t>(count));
    return false;
  }
  if (errno == EAGAIN || errno == EINTR) return false;
  end(read_errno(errno));
  return true;
}

bool UvTcpExchange::receive() {
  const auto room = input_.room();
  const auto got = ::recv(fd_.get(), room.data(), room.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (got <= 0) {
    end(got == 0 ? ExchangeError::Closed : read_errno(errno));
    return true;
  }
  input_.received(static_cast<std::size_t>(got));
  while (const auto message = input_.next()) {
    if (take_packet(*message)) return true;
  }
  return false;
}

}  // namespace shirube::server
