// Means: how much of a client's budget was left when the lookup of a key began. A failure of the key is
// shared with other clients only if one client's limits cannot have caused it (decision 020).
// Threads:  pure.
// Rules:    with full means each failure is the key's own. With ample means it is, unless the budget was
//           spent by the end: half of a budget is more than an honest name needs. With scarce means no
//           failure is. So if a question spends its budget in an attacker's zones, other names that it
//           reaches by aliases, name servers or keys do not suffer.
#pragma once

#include <algorithm>

#include "upstream/budget.hpp"

namespace shirube::upstream {

enum class Means : std::uint8_t { Scarce, Ample, Full };

// One part of the budget is spent: any later failure may have this reason alone.
[[nodiscard]] inline bool is_spent(const Budget& budget, wire::Instant now) {
  const auto& effort = budget.effort->judging;
  return budget.packets_left() == 0 || budget.address_lookups_left() == 0 || now >= budget.ends ||
         budget.effort->supplies.bytes_left == 0 || effort.checks_left == 0 || effort.failures_left == 0 ||
         effort.hashes_left == 0;
}

// `depth`: of the lookup, below that of the client's question.
[[nodiscard]] inline Means means_of(const Budget& budget, unsigned depth, wire::Instant now) {
  const auto& effort = budget.effort->judging;
  const auto& granted = budget.effort->granted;
  // Counts the whole query: a share reserved for another part is not spent.
  const auto& supplies = budget.effort->supplies;
  const unsigned packets = supplies.packets_left + supplies.packets_apart;
  const unsigned lookups = supplies.address_lookups_left + supplies.address_lookups_apart;
  const auto has = [&](const Grant& least) {
    return packets >= least.packets && lookups >= least.address_lookups &&
           supplies.bytes_left >= least.bytes && effort.checks_left >= least.checks &&
           effort.failures_left >= least.failed_checks && effort.hashes_left >= least.hashes;
  };
  if (depth == 0 && budget.left(now) >= kMaxLookupTime && has(Grant{})) return Means::Full;
  const bool ample = depth <= kMaxDepth / 2 && budget.left(now) >= kMaxLookupTime / 2 && has(granted.half());
  return ample ? Means::Ample : Means::Scarce;
}

}  // namespace shirube::upstream
