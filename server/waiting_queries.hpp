// WaitingQueries: the places of queries that wait for their answer, and the shares of clients in them.
// Threads:  one worker's loop.
// Owns:     counts; a Place gives its counts back.
// Rules:    a UDP query from beyond loopback may carry a forged address, and its reply then hits the victim.
//           So a network has few places for them, and repeated questions do not multiply the replies. Streams
//           are not counted among these: forged packets cannot lock out the TCP of a network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "cache/keyed_hash.hpp"
#include "server/pending_query.hpp"
#include "upstream/holders.hpp"

namespace shirube::server {

// Clients waiting for an answer at one worker: bounds memory under a flood of slow names (jostling). Each
// network may have as many as are still free, so that the largest holders are the first to be refused, and
// the others find room. More get SERVFAIL.
inline constexpr std::size_t kMaxPendingQueries = 10'000;
// Waiting UDP queries of one /24 or /56 that is not loopback: an attacker can make all their replies leave at
// the same moment (DNSBomb). If answers take 50 ms, a network still gets 10,000 a second, besides cache hits.
inline constexpr std::size_t kMaxPendingOfNetwork = 500;
// Waiting UDP queries of such a network for the same name and type. Further ones get no reply: a client that
// asks again finds the answer in the cache.
inline constexpr std::size_t kMaxPendingOfQuestion = 32;

// Could the address of this path's client be forged, to the harm of another host?
[[nodiscard]] inline bool is_forgeable(const ReplyPath& path) {
  return path.transport == ClientTransport::Udp && !upstream::is_loopback(path.peer.address.unmapped());
}

class WaitingQueries {
 public:
  enum class Room : std::uint8_t {
    Free,
    None,
    Repeated,  // the client, or enough of its network, waits for this answer already
  };

  class Place {
   public:
    Place(WaitingQueries& queries, const PendingQuery& pending);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    WaitingQueries& queries_;
    upstream::ClientId client_;
    bool is_forgeable_;
    std::uint64_t question_;
    std::uint64_t query_;
  };

  explicit WaitingQueries(std::uint64_t hash_seed) : key_(cache::HashKey::from_seed(hash_seed)) {}
  [[nodiscard]] Room room_for(const PendingQuery& pending) const;

 private:
  using Counts = std::unordered_map<std::uint64_t, std::size_t>;

  // Of the client's network and the question.
  [[nodiscard]] std::uint64_t question_key(const PendingQuery& pending) const;
  // Of the client's address, port, ID and the question: a retransmission has the same.
  [[nodiscard]] std::uint64_t query_key(std::uint64_t question, const PendingQuery& pending) const;

  cache::HashKey key_;
  std::size_t count_ = 0;
  upstream::Holders holders_;
  upstream::Holders forgeable_;
  Counts questions_;
  Counts queries_;
};

}  // namespace shirube::server
