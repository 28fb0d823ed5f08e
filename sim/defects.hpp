// What is often wrong with signed zones, for Zone::spoil().
// Threads:  any.
// Units:    seconds since 1970.
#pragma once

#include <string>

#include "sim/zone.hpp"

namespace shirube::sim {

[[nodiscard]] Defect unsigned_rrset();
[[nodiscard]] Defect signed_within(Validity validity);
// The records are what `rdata` says (presentation format), the signatures what they were.
[[nodiscard]] Defect replaced_by(std::string rdata);
[[nodiscard]] Defect missing();
[[nodiscard]] Defect bad_signature();

}  // namespace shirube::sim
