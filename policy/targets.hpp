// Hosts that MX and SRV records name, and what is known about their addresses. Internal to policy/.
// Threads:  pure; results borrow from their arguments.
#pragma once

#include <span>
#include <vector>

#include "policy/rewriter.hpp"

namespace shirube::policy {

// The set's RDATAs, those first that a client would try first: MX preference, SRV priority, lowest first; the
// order among equals, and of all other types, is kept.
[[nodiscard]] std::vector<wire::BytesView> best_first(const wire::RRset& rrset);

[[nodiscard]] bool has_targets(wire::Type type);  // MX, SRV

// The answer to (host, type) among the facts; nullptr: not looked up, or failed.
[[nodiscard]] const wire::Answer* find_fact(std::span<const Fact> facts, const wire::Name& host,
                                            wire::Type type);

[[nodiscard]] bool holds(const wire::Answer& answer, wire::Type type);

}  // namespace shirube::policy
