#include "server/uv_exchange.hpp"

#include <cerrno>

#include <sys/socket.h>

namespace shirube::server {

using upstream::ExchangeError;

void UvExchange::start() {
  auto& network = host_.network();
  note_sent();
  if (const auto opened = open(); !opened) {
    end_from_loop(opened.error());
  } else {
    network.set_alarm(*this, network.now() + request_.patience);
  }
}

void UvExchange::end_from_loop(ExchangeError error) {
  end_of_patience_ = error;
  host_.network().set_alarm(*this, host_.network().now());
}

void UvExchange::ring() { end(end_of_patience_); }

void UvExchange::end(ExchangeError error) { host_.exchange_ended(waiter_, std::unexpected(error)); }

void UvExchange::end_with_reply(wire::BytesView packet) {
  const auto took = host_.network().now() - sent_at_;
  host_.exchange_ended(waiter_, upstream::Reply{.bytes = {packet.begin(), packet.end()}, .took = took});
}

bool UvExchange::take_packet(wire::BytesView packet) {
  switch (gate_.offer(packet)) {
    case upstream::GateVerdict::Accept:
      end_with_reply(packet);
      return true;
    case upstream::GateVerdict::GiveUp:
      end(ExchangeError::NearMisses);
      return true;
    case upstream::GateVerdict::IgnoreMalformed:
      note_hindrance(ExchangeError::Malformed);
      break;
    case upstream::GateVerdict::Ignore:
      break;
  }
  return false;
}

bool UvExchange::take_icmp(ExchangeError error) {
  if (gate_.offer_error() == upstream::GateVerdict::GiveUp) {
    end(ExchangeError::NearMisses);
    return true;
  }
  note_hindrance(error);
  return false;
}

void UvExchange::note_hindrance(ExchangeError error) {
  if (!std::exchange(hindered_, true)) host_.exchange_hindered(waiter_, error);
}

ExchangeError UvExchange::read_errno(int error) {
  switch (error) {
    case ECONNREFUSED:
    case ECONNRESET:
      return ExchangeError::Refused;
    case EPIPE:
      return ExchangeError::Closed;
    case ETIMEDOUT:
      return ExchangeError::TimedOut;
    // A firewall on the way or on this host says no: for the resolver the same as a missing route.
    case EACCES:
    case EPERM:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case EINVAL:
    case EHOSTUNREACH:
    case EHOSTDOWN:
    case ENETDOWN:
    case ENETUNREACH:
    case ENOPROTOOPT:
    case EPROTO:
      return ExchangeError::Unreachable;
    default:
      return ExchangeError::Local;
  }
}

int UvExchange::pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace shirube::server
