// Budget: what one question may cost. It travels with every lookup made for it and is never reset: not by
// aliases, not by retries, not by sub-lookups (CVE-2026-50045 was such a reset). All lookups for one client's
// answer share it (ANY by types, the addresses beside an MX).
// Threads:  one owner; the effort behind it is shared.
#pragma once

#include <memory>

#include "upstream/failure.hpp"
#include "upstream/query_effort.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

// Lookups for the sake of lookups: bounds chains of zones whose servers are named in the next zone.
inline constexpr unsigned kMaxDepth = 8;
// How long a lookup goes on behind its client's back, so that the next one finds the answer in the cache.
inline constexpr wire::Duration kMaxLookupTime = std::chrono::seconds{10};

struct Budget {
  EffortPtr effort = {};   // never null
  SetApartPtr apart = {};  // reserved for this lookup and its sub-lookups; may be null
  ClientId client = {};    // the client whose share of the lookups this one counts against
  wire::Instant ends{};
  LastAsked last_asked = {};

  [[nodiscard]] bool take_packet() {
    if (effort->supplies.bytes_left == 0) return false;
    return (apart != nullptr && apart->take_packet()) ||
           Supplies::take(effort->supplies.packets_left, 1) == 1;
  }
  [[nodiscard]] unsigned packets_left() const {
    return effort->supplies.packets_left + (apart == nullptr ? 0 : apart->packets());
  }
  [[nodiscard]] unsigned address_lookups_left() const {
    return effort->supplies.address_lookups_left + (apart == nullptr ? 0 : apart->address_lookups());
  }
  [[nodiscard]] bool can_send(wire::Instant now) const {
    return packets_left() > 0 && effort->supplies.bytes_left > 0 && ends > now;
  }
  [[nodiscard]] bool take_address_lookup() {
    return (apart != nullptr && apart->take_address_lookup()) ||
           Supplies::take(effort->supplies.address_lookups_left, 1) == 1;
  }
  // Call before a reply of this size is read. False: the bytes left are too few, and are set to none.
  [[nodiscard]] bool take_bytes(std::size_t size) {
    const auto wanted = static_cast<unsigned>(size);
    return Supplies::take(effort->supplies.bytes_left, wanted) == wanted;
  }
  [[nodiscard]] wire::Duration left(wire::Instant now) const {
    return ends > now ? ends - now : wire::Duration{};
  }
};
using BudgetPtr = std::shared_ptr<Budget>;

}  // namespace shirube::upstream
