// Files of trust anchors: DS and DNSKEY records of any number of zones, as `dig` and the tools of signers
// print them.
// Threads:  pure.
// Errors:   FileProblem: the line at fault and why its record cannot be trusted; never half a file.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>
#include <vector>

#include "conf/zone_records.hpp"
#include "dnssec/settings.hpp"

namespace shirube::conf {

// A zone given by mistake is not walked to its end.
inline constexpr std::size_t kMaxTrustAnchorFileSize = std::size_t{1} << 16;

// One anchor a zone, in the file's order.
[[nodiscard]] std::expected<std::vector<dnssec::TrustAnchor>, FileProblem> parse_trust_anchors(
    std::string_view text);

}  // namespace shirube::conf
