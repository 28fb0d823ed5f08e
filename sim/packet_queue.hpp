// PacketQueue: packets under way, in the order in which they arrive.
// Threads:  one owner.
// Owns:     the packets. Each names the exchange it belongs to by number, so that what comes late finds
//           nobody.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "upstream/network.hpp"

namespace shirube::sim {

// The exchange that a packet belongs to, as it knows it.
struct Flow {
  std::uint64_t exchange = 0;
  upstream::ExchangeWaiter* waiter = nullptr;
  wire::Endpoint server;
  upstream::Transport transport = upstream::Transport::Udp;
};

enum class Leg : std::uint8_t {
  Handshake,  // TCP SYN, arrives at the host
  Query,      // arrives at the host
  Reply,      // arrives at the client
  Rejection,  // arrives at the client: ICMP or TCP reset
  NoRoute,    // reported by our own kernel
};

struct Packet {
  Flow flow;
  Leg leg;
  wire::Bytes bytes{};
  upstream::ExchangeError error = upstream::ExchangeError::Refused;  // of a Rejection
};

class PacketQueue {
 public:
  void push(wire::Instant when, Packet packet) {
    heap_.push_back({when, next_sequence_++, std::move(packet)});
    std::ranges::push_heap(heap_, &later);
  }
  [[nodiscard]] std::optional<wire::Instant> next() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().when;
  }
  // REQUIRES: next().
  [[nodiscard]] Packet pop() {
    std::ranges::pop_heap(heap_, &later);
    auto packet = std::move(heap_.back().packet);
    heap_.pop_back();
    return packet;
  }

 private:
  struct Entry {
    wire::Instant when;
    std::uint64_t sequence;
    Packet packet;
  };
  // Packets of one instant arrive in the order in which they were sent.
  [[nodiscard]] static bool later(const Entry& a, const Entry& b) {
    return std::pair(a.when, a.sequence) > std::pair(b.when, b.sequence);
  }

  std::vector<Entry> heap_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace shirube::sim
