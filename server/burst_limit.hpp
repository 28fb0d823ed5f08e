// BurstLimit: how much goes out at once to one network when answers come that many queries waited for. The
// addresses of UDP queries may be forged: an attacker lets many queries wait for one slow answer, and all
// replies then hit the victim in one pulse (DNSBomb, CVE-2024-33655).
// Threads:  one owner.
// Owns:     a table of fixed size; networks that share a bucket share its limit. The hash has a key, so that an
//           attacker cannot find the bucket of its victim.
// Units:    octets of datagrams, their IP and UDP headers included.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "cache/keyed_hash.hpp"
#include "upstream/client_id.hpp"
#include "wire/time.hpp"

namespace shirube::server {

// The largest pulse to one /24 or /56: 300 ordinary replies, or 50 large ones. The bucket empties by one
// octet a microsecond, so a network gets up to 1 MB a second of replies to queries that waited.
inline constexpr std::size_t kReplyBurst = std::size_t{64} << 10;
// The end of the bucket is for truncated replies, which send an honest client to TCP.
inline constexpr std::size_t kBurstForTruncated = std::size_t{8} << 10;
inline constexpr std::size_t kDatagramHeaders = 28;

class BurstLimit {
 public:
  explicit BurstLimit(std::uint64_t hash_seed) : key_(cache::HashKey::from_seed(hash_seed)) {}

  // Is there room for `size` octets of a whole reply? If so, they are counted.
  [[nodiscard]] bool allows_whole(upstream::ClientId client, std::size_t size, wire::Instant now) {
    return take(client, size, kReplyBurst - kBurstForTruncated, now);
  }
  // The same for a truncated reply.
  [[nodiscard]] bool allows_truncated(upstream::ClientId client, std::size_t size, wire::Instant now) {
    return take(client, size, kReplyBurst, now);
  }

 private:
  static constexpr std::size_t kBuckets = 4'096;
  struct Bucket {
    wire::Instant at{};
    std::size_t level = 0;
  };

  [[nodiscard]] bool take(upstream::ClientId client, std::size_t size, std::size_t limit, wire::Instant now) {
    auto& bucket = buckets_[cache::keyed_hash(key_, client.value, {}) % kBuckets];
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(now - bucket.at).count();
    const auto drained = static_cast<std::size_t>(std::clamp<std::int64_t>(elapsed, 0, kReplyBurst));
    bucket = {now, bucket.level - std::min(bucket.level, drained)};
    if (bucket.level + size + kDatagramHeaders > limit) return false;
    bucket.level += size + kDatagramHeaders;
    return true;
  }

  cache::HashKey key_;
  std::array<Bucket, kBuckets> buckets_{};
};

}  // namespace shirube::server
