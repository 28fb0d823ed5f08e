// The line between listeners (sockets, batches, streams) and what answers: a listener hands in packets and
// gets back bytes, at once or later. Neither side knows how the other works.
// Threads:  everything of one worker on that worker's loop.
// Owns:     packets are borrowed for the call; a ReplyPath is a value and may be kept as long as its listener
//           lives.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/bytes.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

enum class ClientTransport : std::uint8_t { Udp, Tcp };

class ReplySink;

// Where a reply goes. For UDP `local` is the address that the query was sent to (needed on wildcard sockets);
// for TCP `connection` names the stream, which may be gone by then; for UDP it is the interface of a
// link-local peer. Not to be changed.
struct ReplyPath {
  ReplySink* sink = nullptr;
  ClientTransport transport = ClientTransport::Udp;
  wire::Endpoint peer;
  wire::Address local;
  std::uint64_t connection = 0;
};

class ReplySink {
 public:
  virtual ~ReplySink() = default;
  // Sends, or drops when the client is gone or its socket is full. Each TCP query gets exactly one send() or
  // abandon().
  virtual void send(const ReplyPath& path, wire::BytesView packet) = 0;
  // There will be no reply (silence is the answer): lets a TCP stream count its pending queries down.
  virtual void abandon(const ReplyPath& path) = 0;
};

enum class Handled : std::uint8_t {
  Replied,  // `reply_size` bytes of `out` are the reply
  Later,    // it comes through path.sink
  Silent,   // there will be none
};
struct HandleResult {
  Handled handled = Handled::Silent;
  std::size_t reply_size = 0;
};

class QueryHandler {
 public:
  virtual ~QueryHandler() = default;
  // `out` holds at least 4096 bytes for UDP and 65535 for TCP. Never throws, never blocks. What
  // comes later may come through path.sink before this returns.
  [[nodiscard]] virtual HandleResult on_packet(wire::BytesView packet, const ReplyPath& path,
                                               wire::BytesSpan out) = 0;
};

}  // namespace shirube::server
