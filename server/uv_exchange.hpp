// UvExchange: what UDP and TCP exchanges have in common: one query, one waiter, one end.
// Threads:  the loop's.
// Owns:     its query and, in the derived classes, its socket. The host owns the exchange and destroys it
//           within end().
// Errors:   what the kernel says becomes an ExchangeError in one table, read_errno().
#pragma once

#include <cstddef>
#include <expected>
#include <utility>

#include "server/owned_fd.hpp"
#include "server/uv_handles.hpp"
#include "server/uv_loop.hpp"
#include "server/uv_socket_set.hpp"
#include "upstream/network.hpp"
#include "upstream/reply_gate.hpp"

namespace shirube::server {

// What an exchange needs of the network that it belongs to.
class ExchangeHost {
 public:
  static constexpr std::size_t kScratchSize = 65'536;

  virtual ~ExchangeHost() = default;
  [[nodiscard]] virtual UvLoop& loop() = 0;
  [[nodiscard]] virtual upstream::Network& network() = 0;
  // Where a socket of one datagram is watched.
  [[nodiscard]] virtual UvSocketSet& sockets() = 0;
  // kScratchSize bytes to receive into; anybody's until the next callback.
  [[nodiscard]] virtual wire::BytesSpan scratch() = 0;
  // Destroys the exchange.
  virtual void exchange_ended(upstream::ExchangeWaiter& waiter, upstream::ExchangeResult result) = 0;
  virtual void exchange_hindered(upstream::ExchangeWaiter& waiter, upstream::ExchangeError error) = 0;
};

class UvExchange : private upstream::Alarm {
 public:
  UvExchange(ExchangeHost& host, upstream::ExchangeRequest request, upstream::ExchangeWaiter& waiter)
      : host_(host),
        request_(std::move(request)),
        waiter_(waiter),
        gate_(request_.query, request_.transport) {}

  // Sends the query; calls nobody back.
  void start();
  // Ends with `error`, but not before the loop is reached.
  void end_from_loop(upstream::ExchangeError error);

 protected:
  // Opens the socket and sends. False: no socket could be watched, `error` says why.
  [[nodiscard]] virtual std::expected<void, upstream::ExchangeError> open() = 0;

  // Destroys this: the last thing that a member function does.
  void end(upstream::ExchangeError error);
  void end_with_reply(wire::BytesView packet);

  // True when the exchange has ended with this packet, and this is gone.
  [[nodiscard]] bool take_packet(wire::BytesView packet);
  // The same for an ICMP error, which is only a hint.
  [[nodiscard]] bool take_icmp(upstream::ExchangeError error);

  // errno of a socket call in the terms of the seam.
  [[nodiscard]] static upstream::ExchangeError read_errno(int error);
  // The error that waits in the socket, 0 for none.
  [[nodiscard]] static int pending_error(int fd);

  void note_sent() { sent_at_ = host_.network().now(); }
  [[nodiscard]] ExchangeHost& host() { return host_; }
  [[nodiscard]] const upstream::ExchangeRequest& request() const { return request_; }

 private:
  void ring() override;
  void note_hindrance(upstream::ExchangeError error);

  ExchangeHost& host_;
  upstream::ExchangeRequest request_;
  upstream::ExchangeWaiter& waiter_;
  upstream::ReplyGate gate_;
  upstream::ExchangeError end_of_patience_ = upstream::ExchangeError::TimedOut;
  wire::Instant sent_at_;
  bool hindered_ = false;
};

}  // namespace shirube::server
