// UvUdpListener: queries from a UDP socket to a QueryHandler and its replies back, in batches.
// Threads:  the loop's; counters() may be read anywhere.
// Owns:     the socket and all buffers, allocated once. Reply paths name it: it outlives whoever holds one.
// Errors:   what cannot be sent at once is dropped and counted: the client asks again, as after any loss.
// Rules:    a reply leaves from the address that was asked, also on wildcard sockets (RFC 2181 §4).
#pragma once

#include <cstddef>
#include <memory>

#include "server/counter.hpp"
#include "server/owned_fd.hpp"
#include "server/query_handler.hpp"
#include "server/time_slice.hpp"
#include "server/udp_batch.hpp"
#include "server/uv_handles.hpp"
#include "server/uv_loop.hpp"

namespace shirube::server {

struct UdpCounters {
  Counter received;      // datagrams handed to the handler
  Counter sent;          // replies that the kernel took
  Counter dropped_send;  // replies that it did not take: buffer full, client unreachable
  Counter truncated_in;  // datagrams larger than any query, dropped
};

class UvUdpListener final : public ReplySink {
 public:
  // A flood on one socket must not keep the loop from its other sockets and timers: at most this many batches
  // a wake-up.
  static constexpr int kMaxRounds = 4;

  // `socket`: from open_listen_sockets(). The handler outlives the listener. Throws std::runtime_error
  // (start-up only).
  // `clock`: of the time slice; by default the loop's.
  UvUdpListener(UvLoop& loop, OwnedFd socket, QueryHandler& handler, TimeSlice::Clock clock = {});
  ~UvUdpListener() override;

  // Kept and sent with others at the end of the loop's pass. REQUIRES: path came with a query of this
  // listener.
  void send(const ReplyPath& path, wire::BytesView packet) override;
  void abandon(const ReplyPath&) override {}

  [[nodiscard]] const UdpCounters& counters() const { return counters_; }
  [[nodiscard]] wire::Endpoint local() const { return local_; }

 private:
  void on_event();
  void work();
  void answer_round();
  void flush();
  [[nodiscard]] HandleResult hand_over(wire::BytesView packet, const ReplyPath& path);
  void count(UdpSendBatch::Outcome outcome);

  UvLoop& loop_;
  OwnedFd socket_;
  QueryHandler& handler_;
  wire::Endpoint local_;
  bool is_wildcard_;
  UdpCounters counters_;
  std::unique_ptr<UdpReceiveBatch> incoming_;
  std::size_t received_ = 0;  // datagrams in `incoming_`
  std::size_t next_ = 0;      // the first of them that is not answered
  TimeSlice slice_;
  bool slice_is_over_ = false;
  std::unique_ptr<UdpSendBatch> replies_;  // of the round under way
  std::unique_ptr<UdpSendBatch> later_;
  UvPoll poll_;
  bool is_watching_;
  UvPassEnd pass_end_;
  UvTimer resume_;  // for the rest of a batch, in the loop's next pass
};

}  // namespace shirube::server
