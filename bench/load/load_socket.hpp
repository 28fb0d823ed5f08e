// LoadSocket: one connected UDP socket that keeps a fixed number of queries under way.
// Threads:  one owner.
// Owns:     its socket; borrows the list of questions, which sockets share.
// Units:    steady clock; latency from the first sending, so that a lost packet costs the second that it
//           costs a client.
// Errors:   std::system_error when there is no socket or the server's port is closed.
// Rules:    a reply belongs to the slot and the try that its ID names: a late reply to a query that was sent
//           again counts as a stray.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/load/latency_histogram.hpp"
#include "bench/load/question_list.hpp"
#include "server/owned_fd.hpp"
#include "wire/endpoint.hpp"

namespace shirube::bench {

using LoadClock = std::chrono::steady_clock;

// What came of the queries so far.
struct Tally {
  std::uint64_t replies = 0;
  std::uint64_t noerror = 0;
  std::uint64_t truncated = 0;
  std::uint64_t lost = 0;    // not answered in kResendAfter, and sent again
  std::uint64_t strays = 0;  // replies to nothing that is under way
  LatencyHistogram latency;
};

inline constexpr std::chrono::seconds kResendAfter{1};
inline constexpr std::size_t kMaxWindow =
    4'096;  // of one socket: leaves four bits of the ID to tell tries apart

class LoadSocket {
 public:
  // REQUIRES: 0 < window <= kMaxWindow.
  LoadSocket(const wire::Endpoint& server, std::size_t window, QuestionList& questions);

  [[nodiscard]] int descriptor() const { return socket_.get(); }
  [[nodiscard]] std::size_t under_way() const { return under_way_; }

  void start();
  // Takes every reply that waits, and asks the next question for each.
  void receive(Tally& tally);
  void resend_lost(Tally& tally);

 private:
  struct Slot {
    const wire::Bytes* packet = nullptr;  // nullptr: nothing is under way
    std::uint8_t id[2] = {};              // NOLINT(modernize-avoid-c-arrays): goes to the kernel as it is
    LoadClock::time_point asked;
    LoadClock::time_point sent;
  };

  void ask_next(std::size_t slot, LoadClock::time_point now);
  void queue(std::size_t slot, LoadClock::time_point now);
  void send_queued();
  void take(wire::BytesView reply, LoadClock::time_point now, Tally& tally);

  server::OwnedFd socket_;
  QuestionList& questions_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> queued_;  // slots whose packets the kernel has not taken yet
  std::size_t under_way_ = 0;
  std::uint16_t tries_ = 0;
};

}  // namespace shirube::bench
