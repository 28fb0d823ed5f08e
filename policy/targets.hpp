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

// Records of one set, best first, of which the hosts are looked at: bounds a set that names few hosts
// thousands of times.
inline constexpr std::size_t kMaxTargetRecords = 100;

// The facts by host and type. Sorted: a set holds thousands of long names, and each is looked for. Borrows
// the facts.
class FactIndex {
 public:
  explicit FactIndex(std::span<const Fact> facts);
  // The answer to (host, type); nullptr: not looked up, or failed.
  [[nodiscard]] const wire::Answer* find(const wire::Name& host, wire::Type type) const;

 private:
  std::vector<const Fact*> sorted_;
};

[[nodiscard]] bool holds(const wire::Answer& answer, wire::Type type);

}  // namespace shirube::policy
