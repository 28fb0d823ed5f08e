// Budget: what one question may cost. It travels with every lookup made for it and is never reset: not by
// aliases, not by retries, not by sub-lookups (CVE-2026-50045 was such a reset). Packets count for each of
// the questions that a client's answer is put together from (ANY by types, the addresses beside an MX);
// cryptography for all of them in common.
// Threads:  one owner.
#pragma once

#include <memory>

#include "upstream/query_effort.hpp"
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

struct Budget {
  unsigned packets_left = kMaxUpstreamPackets;
  unsigned address_lookups_left = kMaxAddressLookupsInAll;
  EffortPtr effort = {};  // never null
  wire::Instant ends{};

  [[nodiscard]] bool take_packet() {
    if (packets_left == 0) return false;
    --packets_left;
    return true;
  }
  [[nodiscard]] bool can_send(wire::Instant now) const { return packets_left > 0 && ends > now; }
  [[nodiscard]] bool take_address_lookup() {
    if (address_lookups_left == 0) return false;
    --address_lookups_left;
    return true;
  }
  [[nodiscard]] wire::Duration left(wire::Instant now) const {
    return ends > now ? ends - now : wire::Duration{};
  }
};
using BudgetPtr = std::shared_ptr<Budget>;

}  // namespace shirube::upstream
