// ReplyGate: does a packet that came back answer the query that went out? One rule for every network behind the seam.
// Threads:  one owner; pure but for the counter.
// Rules:    same ID, QR=1, same opcode, exactly the question that was asked, in the same letters' case (RFC 5452 §9.1, 0x20).
//           A reply without a question (QDCOUNT 0) passes only with FORMERR, NOTIMP, SERVFAIL or REFUSED: servers that cannot parse
//           the query send it so.
#pragma once

#include <cstdint>

#include "wire/bytes.hpp"

namespace shirube::upstream {

enum class GateVerdict : std::uint8_t { Accept, Ignore, GiveUp };

class ReplyGate {
 public:
  // After so many packets from the right address and port that do not match, somebody is guessing (brute-force spoofing):
  // the exchange ends with NearMisses and the question goes over TCP.
  static constexpr unsigned kMaxNearMisses = 3;

  // `query`: a message of our own; must outlive the gate.
  explicit ReplyGate(wire::BytesView query) : query_(query) {}
  [[nodiscard]] GateVerdict offer(wire::BytesView packet);
  [[nodiscard]] unsigned near_misses() const { return near_misses_; }

 private:
  wire::BytesView query_;
  unsigned near_misses_ = 0;
};

// The pure rule.
[[nodiscard]] bool answers(wire::BytesView packet, wire::BytesView query);

}  // namespace shirube::upstream
