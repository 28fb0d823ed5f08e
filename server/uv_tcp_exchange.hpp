// UvTcpExchange: one query over a TCP connection of its own, which ends with the reply.
// Threads:  the loop's.
// Owns:     its socket; the patience covers connecting, sending and waiting together.
#pragma once

#include "server/tcp_frames.hpp"
#include "server/uv_exchange.hpp"

namespace shirube::server {

class UvTcpExchange final : public UvExchange {
 public:
  using UvExchange::UvExchange;

 private:
  [[nodiscard]] std::expected<void, upstream::ExchangeError> open() override;
  void on_event(UvPoll::Event event);
  // These two are true when the exchange has ended, and this is gone.
  [[nodiscard]] bool send_query();
  [[nodiscard]] bool receive();

  OwnedFd fd_;
  UvPoll poll_;
  FrameWriter output_;
  FrameReader input_;
};

}  // namespace shirube::server
