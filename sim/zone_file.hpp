// Zone files: text to RRsets, read by ldns.
// Threads:  any.
// Errors:   std::runtime_error "ZONE:LINE: reason": a text that does not parse, a class other than IN, a name
//           outside the zone, $INCLUDE.
// Source:   RFC 1035 §5; RRSIGs join the RRset that they cover.
#pragma once

#include <string_view>
#include <vector>

#include "wire/rrset.hpp"

namespace shirube::sim {

// RRsets in order of first appearance. Names may be relative to `apex`; TTL without $TTL or value: one hour.
[[nodiscard]] std::vector<wire::RRset> parse_zone(const wire::Name& apex, std::string_view text);

}  // namespace shirube::sim
