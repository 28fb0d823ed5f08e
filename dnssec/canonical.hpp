// CanonicalRRset: the octets that a signature over an RRset is made of.
// Threads:  immutable after it was made. Borrows the RRset, which must outlive it.
// Source:   RFC 4034 §3.1.8.1, §6 with the correction of RFC 6840 §5.1: the next name of an NSEC keeps its case,
//           the signer of an RRSIG is lowered.
// Rules:    names in RDATA are lowered for the types that RFC 4034 §6.2 lists and for no other. (SIG, NXT and
//           A6, which it lists as well, are gone from the DNS: their RDATA stays as it is.)
#pragma once

#include <vector>

#include "dnssec/records.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec {

class CanonicalRRset {
 public:
  // Lowers names, sorts and drops duplicates; for all signatures over the RRset. RDATA that does not hold
  // what its type needs stays as it is.
  explicit CanonicalRRset(const wire::RRset& rrset);
  CanonicalRRset(CanonicalRRset&&) noexcept = default;
  CanonicalRRset& operator=(CanonicalRRset&&) noexcept = default;
  CanonicalRRset(const CanonicalRRset&) = delete;  // its views would show the other's octets
  CanonicalRRset& operator=(const CanonicalRRset&) = delete;
  ~CanonicalRRset() = default;

  // What `rrsig` signs; what was in `into` is dropped. The owner is cut to the labels that it says, behind an
  // asterisk (RFC 4035 §5.3.2).
  // REQUIRES: rrsig.labels <= signed_labels(owner).
  void signed_data(const Rrsig& rrsig, wire::Bytes& into) const;

 private:
  const wire::RRset* rrset_;
  wire::Bytes lowered_;                  // RDATA one behind the other, if the type has names to lower
  std::vector<wire::BytesView> rdatas_;  // of the RRset or in lowered_; in order
};

// What the labels field of a signature over this owner counts: not the root, and no leading asterisk.
[[nodiscard]] std::size_t signed_labels(const wire::Name& owner);

}  // namespace shirube::dnssec
