// ReplyGate: does a packet that came back answer the query that went out? One rule for every network behind
// the seam.
// Threads:  one owner; pure but for the counter.
// Rules:    same ID, QR=1, same opcode, exactly the question that was asked (RFC 5452 §9.1). Over UDP in the
//           same letters' case (0x20); a stream cannot be forged blindly, so there another case only tells
//           that the server does not keep it. A reply without a question passes only with FORMERR, NOTIMP,
//           SERVFAIL or REFUSED: servers that cannot parse the query send it so. Over UDP a malformed reply
//           that matches, and an ICMP error, count as mismatched. Both are cheaper to forge than an answer,
//           so they must not end an exchange before its time-out.
#pragma once

#include <cstdint>

#include "upstream/network.hpp"
#include "wire/bytes.hpp"

namespace shirube::upstream {

enum class GateVerdict : std::uint8_t {
  Accept,
  Ignore,
  IgnoreMalformed,  // it matches, but is malformed
  GiveUp,
};

enum class Match : std::uint8_t {
  No,
  OtherCase,  // all fits but the case of the question's letters
  Exact,
};
// The pure rule.
[[nodiscard]] Match match_reply(wire::BytesView packet, wire::BytesView query);

class ReplyGate {
 public:
  // After so many packets from the right address and port that do not match, somebody is guessing
  // (brute-force spoofing): the exchange ends with NearMisses and the question goes over TCP.
  static constexpr unsigned kMaxNearMisses = 3;

  // `query`: a message of our own; must outlive the gate.
  ReplyGate(wire::BytesView query, Transport transport) : query_(query), transport_(transport) {}
  // A UDP reply that fits but for its case gives up at once: either the server does not keep case, or the
  // case was all that a forger lacked; TCP tells which.
  [[nodiscard]] GateVerdict offer(wire::BytesView packet);
  // An ICMP error came for the socket.
  [[nodiscard]] GateVerdict offer_error() { return mismatch(GateVerdict::Ignore); }
  [[nodiscard]] unsigned near_misses() const { return near_misses_; }

 private:
  [[nodiscard]] GateVerdict mismatch(GateVerdict otherwise) {
    return ++near_misses_ > kMaxNearMisses ? GateVerdict::GiveUp : otherwise;
  }

  wire::BytesView query_;
  Transport transport_;
  unsigned near_misses_ = 0;
};

}  // namespace shirube::upstream
