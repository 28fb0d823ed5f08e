// OwnerTypes: the type bitmap of an NSEC or NSEC3, as what it says of its owner name.
// Threads:  a value; borrows the RDATA.
// Source:   RFC 4035 §5.4, RFC 6840 §4.1 (ancestor delegations), §4.3 (CNAME), §4.4 (DS), RFC 9824 §3.4.
#pragma once

#include "dnssec/denial.hpp"
#include "dnssec/records.hpp"
#include "wire/bytes.hpp"
#include "wire/name.hpp"

namespace shirube::dnssec {

class OwnerTypes {
 public:
  // `windows`: the Type Bit Maps field.
  explicit OwnerTypes(wire::BytesView windows) : types_(windows), windows_(windows) {}

  // The record speaks for the zone above a cut: of names at and below the cut it knows nothing but the DS.
  [[nodiscard]] bool is_parent_side() const;
  // Names below the owner are another zone's, or the DNAME's.
  [[nodiscard]] bool hides_names_below() const;
  // The owner exists without `type`. `owner` is the name that bears the types: the root alone may have a SOA
  // and yet deny a DS.
  [[nodiscard]] bool denies(wire::Type type, const wire::Name& owner) const;
  // RFC 9824: the bitmap has NXNAME and no type of data, which would contradict it.
  [[nodiscard]] bool says_no_such_name() const { return types_.has(wire::Type::NXNAME) && is_without_data(); }
  // What the owner is in its parent, having no DS. NotProven: it has one, or the child is speaking.
  [[nodiscard]] CutProof cut_without_ds() const;

 private:
  [[nodiscard]] bool is_without_data() const;
  TypeBitmap types_;
  wire::BytesView windows_;
};

}  // namespace shirube::dnssec
