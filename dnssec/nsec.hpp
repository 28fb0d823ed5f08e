// NsecProof: what the NSEC records of one zone prove together.
// Threads:  pure; borrows the records.
// Source:   RFC 4035 §5.4, RFC 4034 §4.1.1 (the last one leads back to the apex), RFC 4470, RFC 4592 §2.2.2
//           (empty non-terminals), §3.3.1 (closest encloser), RFC 6840 §4.1, RFC 9824.
// Rules:    as denial.hpp has them. A name between an owner and its next name does not exist, unless the next
//           name is below it. REQUIRES of all calls: the names are within the zone.
#pragma once

#include <optional>
#include <vector>

#include "dnssec/denial.hpp"
#include "dnssec/owner_types.hpp"

namespace shirube::dnssec {

// One NSEC of a zone, read.
struct NsecSpan {
  const wire::Name* owner;
  wire::Name next;
  OwnerTypes types;
};
// nullopt: not the one NSEC of its owner, or it leads out of `zone`.
[[nodiscard]] std::optional<NsecSpan> read_nsec_span(const wire::RRset& rrset, const wire::Name& zone);

class NsecProof {
 public:
  explicit NsecProof(const Denials& denials);

  [[nodiscard]] bool no_data(const wire::Name& name, wire::Type type) const;
  [[nodiscard]] bool no_name(const wire::Name& name) const;
  [[nodiscard]] bool nothing_closer(const wire::Name& name, const wire::Name& encloser) const;
  // NotProven, NoCut or UnsignedDelegation.
  [[nodiscard]] CutProof no_ds(const wire::Name& child) const;
  [[nodiscard]] bool says_no_such_name(const wire::Name& name) const;
  // Of a name that does not exist: the longest that does. nullopt: not proven.
  [[nodiscard]] std::optional<wire::Name> closest_encloser(const wire::Name& name) const;

 private:
  [[nodiscard]] bool is_between(const NsecSpan& span, const wire::Name& name) const;
  [[nodiscard]] bool is_missing(const NsecSpan& span, const wire::Name& name) const;
  // The name exists, with data or names below it, but without the type.
  [[nodiscard]] bool no_data_at(const wire::Name& name, wire::Type type) const;

  wire::Name zone_;
  std::vector<NsecSpan> spans_;
};

}  // namespace shirube::dnssec
