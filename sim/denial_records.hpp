// DenialRecords: the NSEC or NSEC3 records by which a signed zone proves what it does not have.
// Threads:  pure; borrows zone and signing.
// Units:    TTL: the lower one of the SOA's and its minimum (RFC 9077).
// Source:   RFC 4035 §2.3, §3.1.3 (NSEC), RFC 5155 §7 (NSEC3), RFC 9824 (compact).
// Rules:    the chain is made of what the zone has at the moment, for each answer anew: zones of tests are small
//           and change. What lies below a cut or a DNAME is no part of it.
#pragma once

#include <optional>
#include <vector>

#include "sim/signing.hpp"
#include "sim/zone.hpp"

namespace shirube::sim {

struct DenialRecord {
  wire::Name of;  // the name whose record it is, where an NSEC3's owner is but a hash
  wire::RRset rrset;
};
using DenialProof = std::vector<DenialRecord>;

class DenialRecords {
 public:
  DenialRecords(const Zone& zone, const Signing& signing) : zone_(zone), signing_(signing) {}

  // `name` has not the type that was asked for; also of empty non-terminals, and of DS at a cut.
  [[nodiscard]] DenialProof no_data(const wire::Name& name) const;
  // `name` does not exist, nor a wildcard that would make it; `encloser` does.
  [[nodiscard]] DenialProof no_name(const wire::Name& name, const wire::Name& encloser) const;
  // The wildcard below `encloser` is there, without the type that was asked for.
  [[nodiscard]] DenialProof no_data_at_wildcard(const wire::Name& name, const wire::Name& encloser) const;
  // Nothing closer to `name` than the wildcard below `encloser`, which made the answer.
  [[nodiscard]] DenialProof nothing_closer(const wire::Name& name, const wire::Name& encloser) const;
  // The NSEC at the very name, as an answer; none: there is none, or the zone has NSEC3.
  [[nodiscard]] std::optional<wire::RRset> nsec_at(const wire::Name& name) const;

 private:
  const Zone& zone_;
  const Signing& signing_;
};

// Where the NSEC3 of `name` stands.
[[nodiscard]] wire::Name nsec3_owner(const wire::Name& name, const wire::Name& apex, const Signing& signing);

}  // namespace shirube::sim
