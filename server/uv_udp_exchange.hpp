// UvUdpExchange: one query in one datagram from a socket of its own.
// Threads:  the loop's.
// Owns:     its socket, connected to the server, on a port drawn from all unprivileged ones (RFC 5452 §9.2).
// Rules:    connected, so that only the server's address and port can answer, and only the server's ICMP
//           errors arrive (SAD DNS). These may be forged: they are hindrances, and the socket stays open.
#pragma once

#include "server/uv_exchange.hpp"

namespace shirube::server {

class UvUdpExchange final : public UvExchange, private UvSocketSet::Member {
 public:
  using UvExchange::UvExchange;

 private:
  [[nodiscard]] std::expected<void, upstream::ExchangeError> open() override;
  [[nodiscard]] bool bind_random_port();
  void on_ready() override;

  OwnedFd fd_;
};

}  // namespace shirube::server
