// Means: how much of what a client's question may cost was left when a key's own asking began. A failure of
// the key becomes known to others only if the means of one asker cannot have been its cause.
// Threads:  pure.
// Rules:    with full means each failure is the key's own. With ample means a failure is, unless the budget
//           was spent by then: the rest is more than an honest name needs. With scarce means none is. So a
//           question whose budget goes in an attacker's zones says nothing about a name that its aliases, its
//           name servers or its keys lead to.
#pragma once

#include <algorithm>

#include "upstream/budget.hpp"

namespace shirube::upstream {

enum class Means : std::uint8_t { Scarce, Ample, Full };

// Nothing of it can be had any more: whatever fails from now on may fail for that reason alone.
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
  // Of the whole query: a share that is set apart for another part is not spent.
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
