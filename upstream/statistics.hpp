// Counters of one resolver.
// Threads:  one owner (its worker); a snapshot is a value.
#pragma once

#include <cstdint>

namespace shirube::upstream {

struct Statistics {
  std::uint64_t udp_queries = 0;
  std::uint64_t tcp_queries = 0;
  std::uint64_t hedges = 0;          // a second server asked because the first was late
  std::uint64_t edns_fallbacks = 0;  // servers found to be without EDNS
  std::uint64_t case_fallbacks = 0;  // servers found not to keep the question's case
  std::uint64_t near_misses = 0;     // exchanges given up because somebody was guessing
  std::uint64_t lookups = 0;         // went upstream
  std::uint64_t coalesced = 0;       // waited for a lookup of another client
  std::uint64_t failures = 0;        // lookups that ended without an answer
  std::uint64_t stale_answers = 0;
  std::uint64_t deadlines = 0;  // clients who got SERVFAIL because time was up
  std::uint64_t prefetches = 0;
  std::uint64_t overloads = 0;  // refused because kMaxLookups were under way
  std::uint64_t signature_checks = 0;
  std::uint64_t failed_checks = 0;  // of those
  std::uint64_t nsec3_hashes = 0;
};

}  // namespace shirube::upstream
