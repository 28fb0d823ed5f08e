// Zone: one zone's records, and the answers that an authoritative server gives from them.
// Threads:  one owner; copying is a deep copy.
// Owns:     its RRsets.
// Errors:   std::runtime_error (zone, line, reason) when a text does not parse; lookups cannot fail.
// Source:   RFC 1034 §4.3.2 (lookup), RFC 4592 (wildcards), RFC 6672 (DNAME), RFC 2308 §3 (SOA in negative
//           answers), RFC 4035 §3.1.4.1 (DS belongs to the parent side of a cut), RFC 6604 (response code of
//           alias chains), RFC 9609 §4 (NS come with the addresses that the zone has).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/answer.hpp"
#include "wire/name.hpp"

namespace shirube::sim {

// Bounds alias chains, in a zone as over all of them: a loop ends here.
inline constexpr std::size_t kMaxAliases = 16;

struct CanonicalOrder {
  [[nodiscard]] bool operator()(const wire::Name& a, const wire::Name& b) const {
    return a.compare_canonical(b) < 0;
  }
};

// A zone as its file has it. Lookups answer as an authoritative server does: answers, aliases (CNAME, DNAME),
// wildcards (RFC 4592), empty non-terminals, referrals with glue, negative answers with SOA. A zone without
// SOA is served too: its negative answers then lack it.
class Zone {
 public:
  using Node = std::vector<wire::RRset>;
  // In canonical order (RFC 4034 §6.1): what is below a name comes right after it, and so an NSEC chain is a
  // walk.
  using Nodes = std::map<wire::Name, Node, CanonicalOrder>;

  // Presentation format (RFC 1035 §5), parsed by ldns; names may be relative to `apex`.
  explicit Zone(wire::Name apex) : apex_(std::move(apex)) {}
  Zone(wire::Name apex, std::string_view text);

  [[nodiscard]] const wire::Name& apex() const { return apex_; }
  [[nodiscard]] const wire::RRset* find(const wire::Name& name, wire::Type type) const;
  [[nodiscard]] const Nodes& nodes() const { return nodes_; }
  // There only because something is below it.
  [[nodiscard]] bool is_empty_non_terminal(const wire::Name& name) const;
  // As RFC 1034 §4.3.2 step 3 answers, within this zone. AA set unless it is a referral. REFUSED for names
  // outside.
  [[nodiscard]] wire::Answer lookup(const wire::Question& question) const;

  // What one name leads to, aliases not followed. The records go to the end of `into`, and its rcode is set.
  enum class Outcome : std::uint8_t {
    Answered,  // also with NODATA and NXDOMAIN
    Alias,     // `target` is to be asked for next
    Referral,
  };
  struct Step {
    Outcome outcome;
    wire::Name target{};
  };
  // REQUIRES: the question's name is within the apex.
  [[nodiscard]] Step step(const wire::Question& question, wire::Answer& into) const;

  // For tests whose zones change over time, and for signing.
  void replace(std::string_view text);
  // Each RRset of `text` takes the place of its like.
  void add(std::string_view text);
  // Takes the place of an RRset of the same owner and type. REQUIRES: the owner is within the apex.
  void put(wire::RRset rrset);
  void remove(const wire::Name& name) { nodes_.erase(name); }

 private:
  [[nodiscard]] Step answer_at(const Node& node, const wire::Question& question, wire::Answer& into) const;
  [[nodiscard]] Step answer_from_wildcard(const wire::Name& encloser, const wire::Question& question,
                                          wire::Answer& into) const;
  [[nodiscard]] Step refer(const Node& cut, wire::Answer& into) const;
  void add_addresses(const wire::RRset& servers, wire::Answer& into) const;
  [[nodiscard]] Step deny(wire::Rcode rcode, wire::Answer& into) const;

  wire::Name apex_;
  Nodes nodes_;
};

// The zone of `zones` (pointers) that is asked for `question`: that with the longest apex which holds the
// name; for DS that above the cut, if there is one. nullptr when none holds it; among equals the first.
template <class Zones>
[[nodiscard]] const Zone* closest_zone(const Zones& zones, const wire::Question& question) {
  const Zone* closest = nullptr;
  const Zone* below_cut = nullptr;
  for (const Zone* zone : zones) {
    if (!question.name.is_within(zone->apex())) continue;
    if (question.type == wire::Type::DS && zone->apex() == question.name) {
      below_cut = zone;
      continue;
    }
    if (closest == nullptr || zone->apex().size() > closest->apex().size()) closest = zone;
  }
  return closest != nullptr ? closest : below_cut;
}

}  // namespace shirube::sim
