// UvTcpListener: clients' streams from one listening socket, within TcpLimits.
// Threads:  the loop's; counters() may be read anywhere.
// Owns:     the socket and the connections. Reply paths name it: it outlives whoever holds one.
// Errors:   replies to streams that are gone are counted and dropped.
// Rules:    connections have numbers that are never used again, so that a late reply cannot reach a stranger.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "server/uv_tcp_connection.hpp"

namespace shirube::server {

class UvTcpListener final : public ReplySink, private TcpConnectionHost {
 public:
  // `socket`: from open_listen_sockets(). The handler outlives the listener. Throws std::runtime_error
  // (start-up only).
  // `clock`: of the time slice; by default the loop's.
  UvTcpListener(UvLoop& loop, OwnedFd socket, QueryHandler& handler, TcpLimits limits = {},
                TimeSlice::Clock clock = {});
  ~UvTcpListener() override;

  void send(const ReplyPath& path, wire::BytesView packet) override;
  void abandon(const ReplyPath& path) override;

  [[nodiscard]] const TcpCounters& counters() const { return counters_; }
  [[nodiscard]] wire::Endpoint local() const { return local_; }
  [[nodiscard]] std::size_t open_connections() const { return connections_.size(); }

 private:
  // TcpConnectionHost
  [[nodiscard]] UvLoop& loop() override { return loop_; }
  [[nodiscard]] QueryHandler& handler() override { return handler_; }
  [[nodiscard]] const TcpLimits& limits() const override { return limits_; }
  [[nodiscard]] TcpCounters& tcp_counters() override { return counters_; }
  [[nodiscard]] wire::BytesSpan scratch() override { return scratch_; }
  [[nodiscard]] TimeSlice& slice() override { return slice_; }
  void resume_later(std::uint64_t connection) override;
  void finished(std::uint64_t connection) override { connections_.erase(connection); }

  void on_acceptable();
  void admit(OwnedFd fd, const wire::Endpoint& peer);
  [[nodiscard]] bool make_room(const wire::Address& client);
  void pause_accepting();
  void reply(const ReplyPath& path, std::optional<wire::BytesView> packet);
  void settle();
  void resume();
  void sweep();

  UvLoop& loop_;
  OwnedFd socket_;
  QueryHandler& handler_;
  TcpLimits limits_;
  wire::Endpoint local_;
  TcpCounters counters_;
  wire::Bytes scratch_;
  std::unordered_map<std::uint64_t, std::unique_ptr<UvTcpConnection>> connections_;
  std::vector<std::uint64_t> unsettled_;  // have replies to be sent at the end of the pass
  std::vector<std::uint64_t> paused_;     // connections with queries that a time slice left
  std::uint64_t next_connection_ = 1;
  TimeSlice slice_;
  UvPoll poll_;
  UvTimer sweep_timer_;
  UvTimer resume_timer_;
  UvPassEnd pass_end_;
};

}  // namespace shirube::server
