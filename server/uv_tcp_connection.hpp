// UvTcpConnection: one client's stream: queries in, replies out in whatever order they become ready.
// Threads:  the loop's.
// Owns:     its socket and buffers: at most one frame of input, and TcpLimits::queued_output plus one reply
//           of output. The listener owns the connection and destroys it when is_finished().
// Errors:   whatever goes wrong with a stream finishes it; nobody else is told.
// Rules:    RFC 7766: pipelining, answers out of order, answers after the client's half-close.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "server/counter.hpp"
#include "server/owned_fd.hpp"
#include "server/query_handler.hpp"
#include "server/tcp_frames.hpp"
#include "server/tcp_limits.hpp"
#include "server/time_slice.hpp"
#include "server/uv_handles.hpp"
#include "server/uv_loop.hpp"

namespace shirube::server {

struct TcpCounters {
  Counter accepted;   // connections
  Counter refused;    // connections for which there was no room
  Counter timed_out;  // connections closed for idling, stalling or trickling
  Counter received;   // queries
  Counter sent;       // replies handed to a stream
  Counter dropped;    // replies whose stream was gone
};

// What a connection needs of its listener.
class TcpConnectionHost {
 public:
  virtual ~TcpConnectionHost() = default;
  [[nodiscard]] virtual UvLoop& loop() = 0;
  [[nodiscard]] virtual QueryHandler& handler() = 0;
  [[nodiscard]] virtual const TcpLimits& limits() const = 0;
  [[nodiscard]] virtual TcpCounters& tcp_counters() = 0;
  // kMaxMessage bytes for a reply; anybody's until the next callback.
  [[nodiscard]] virtual wire::BytesSpan scratch() = 0;
  // Of the callback under way.
  [[nodiscard]] virtual TimeSlice& slice() = 0;
  // Calls resume() in the loop's next pass: the slice is over and queries are left.
  virtual void resume_later(std::uint64_t connection) = 0;
  // Destroys the connection.
  virtual void finished(std::uint64_t connection) = 0;
};

class UvTcpConnection {
 public:
  UvTcpConnection(TcpConnectionHost& host, OwnedFd fd, const ReplyPath& path);

  // A reply to one of the queries in flight, nullopt if there will be none. settle() sends it.
  void reply(std::optional<wire::BytesView> packet);
  // Sends what is queued, then takes up what had to wait for that. True the first time since the last
  // settle() that it is needed.
  void settle();
  [[nodiscard]] bool claim_settling();
  // Continues with the queries that the last time slice left.
  void resume();

  // Nothing more can come in or go out.
  [[nodiscard]] bool is_finished() const;
  // Nothing is under way.
  [[nodiscard]] bool is_idle() const;
  [[nodiscard]] wire::Instant last_used() const { return last_used_; }
  [[nodiscard]] const wire::Address& client() const { return path_.peer.address; }
  [[nodiscard]] bool is_overdue(wire::Instant now, wire::Duration idle);

 private:
  void on_event(UvPoll::Event event);
  void receive();
  void answer_buffered();
  void answer(wire::BytesView query);
  void queue(wire::BytesView packet);
  void flush();
  void note_progress();
  [[nodiscard]] bool may_answer() const;
  [[nodiscard]] bool is_output_full() const;
  [[nodiscard]] bool wants_input() const;

  TcpConnectionHost& host_;
  OwnedFd fd_;
  ReplyPath path_;
  FrameReader input_;
  FrameWriter output_;
  std::size_t in_flight_ = 0;
  bool has_failed_ = false;
  bool has_ended_ = false;  // the client's side
  bool settling_is_claimed_ = false;
  bool is_paused_ = false;  // until resume()
  wire::Instant last_used_;
  std::optional<wire::Instant> partial_since_;
  // What waited at `stalled_since_` is gone once `sent_octets_` has reached `stall_target_`.
  std::optional<wire::Instant> stalled_since_;
  std::uint64_t stall_target_ = 0;
  std::uint64_t sent_octets_ = 0;
  UvPoll poll_;
};

}  // namespace shirube::server
