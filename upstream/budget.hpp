// Budget: what one client's question may cost; where the answer is put together from several (ANY by types,
// the addresses beside an MX), each of those. It travels with every lookup made for it and is never reset:
// not by aliases, not by retries, not by sub-lookups (CVE-2026-50045 was such a reset).
// Threads:  one owner.
#pragma once

#include "cache/denial_ranges.hpp"
#include "dnssec/effort.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

// Bounds amplification through us: CAMP, NXNS, chains of aliases.
inline constexpr unsigned kMaxUpstreamPackets = 100;
// Lookups for the sake of lookups: bounds chains of zones whose servers are named in the next zone.
inline constexpr unsigned kMaxDepth = 8;
// Lookups of servers' addresses in all: where each zone has many servers, all named in the next zone, the
// ways to the end multiply, and those that fail cost work without a packet.
inline constexpr unsigned kMaxAddressLookupsInAll = 64;
// How long a lookup goes on behind its client's back, so that the next one finds the answer in the cache.
inline constexpr wire::Duration kMaxLookupTime = std::chrono::seconds{10};

// Of a question's NSEC3 hashes, those for looks at what has been proven already: they may find nothing, and
// leave enough to judge what is fetched then. The first look comes before there is a Budget.
inline constexpr unsigned kMaxHashesForLooks = 32;

struct Budget {
  unsigned packets_left = kMaxUpstreamPackets;
  unsigned address_lookups_left = kMaxAddressLookupsInAll;
  dnssec::Effort effort{.hashes_left = dnssec::kMaxNsec3Hashes - kMaxHashesForLooks};
  dnssec::Effort looks{.hashes_left = kMaxHashesForLooks - cache::kMaxHashesPerLook};
  wire::Instant ends{};

  [[nodiscard]] bool take_packet() {
    if (packets_left == 0) return false;
    --packets_left;
    return true;
  }
  [[nodiscard]] bool take_address_lookup() {
    if (address_lookups_left == 0) return false;
    --address_lookups_left;
    return true;
  }
  [[nodiscard]] wire::Duration left(wire::Instant now) const {
    return ends > now ? ends - now : wire::Duration{};
  }
};

}  // namespace shirube::upstream
