// RefusalLimit: limits the refusals to clients that are not allowed to ask. Their addresses may be forged,
// and each reply then goes to a victim.
// Threads:  one owner.
// Owns:     a table of fixed size; networks that share a bucket share its limit. The hash has a key, so that an
//           attacker cannot find the bucket of its victim.
// Source:   response rate limiting, ISC-TN-2012-1: a bucket for each network, and some replies slip through,
//           so that a real client with a forged address still learns that it is refused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "cache/keyed_hash.hpp"
#include "upstream/client_id.hpp"
#include "wire/time.hpp"

namespace shirube::server {

// Refusals a second to one /24 or /56, and of those above it one in kRefusalSlip.
inline constexpr std::uint16_t kRefusalsPerSecond = 5;
inline constexpr std::uint16_t kRefusalSlip = 10;

class RefusalLimit {
 public:
  explicit RefusalLimit(std::uint64_t hash_seed) : key_(cache::HashKey::from_seed(hash_seed)) {}

  // May this refusal be sent?
  [[nodiscard]] bool allows(upstream::ClientId client, wire::Instant now) {
    auto& bucket = buckets_[cache::keyed_hash(key_, client.value, {}) % kBuckets];
    const auto second = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
    if (bucket.second != second) bucket = {.second = second};
    if (bucket.sent < kRefusalsPerSecond) {
      ++bucket.sent;
      return true;
    }
    bucket.held_back = static_cast<std::uint16_t>((bucket.held_back + 1) % kRefusalSlip);
    return bucket.held_back == 0;
  }

 private:
  static constexpr std::size_t kBuckets = 4'096;
  struct Bucket {
    std::uint32_t second = 0;
    std::uint16_t sent = 0;
    std::uint16_t held_back = 0;
  };
  cache::HashKey key_;
  std::array<Bucket, kBuckets> buckets_{};
};

}  // namespace shirube::server
