// The text of the file that keeps the root's keys as they roll over.
// Threads:  pure.
// Errors:   a sentence with the line at fault. Never half a file: its last line counts its keys, and each key
//           stands beside its tag, which is a checksum of it.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "dnssec/key_rollover.hpp"

namespace shirube::server {

// kMaxFollowedKeys keys of 16384 bits are less.
inline constexpr std::size_t kMaxAnchorStateSize = std::size_t{1} << 17;

[[nodiscard]] std::string anchor_state_text(const std::vector<dnssec::FollowedKey>& keys);
// At least one of the keys is trusted.
[[nodiscard]] std::expected<std::vector<dnssec::FollowedKey>, std::string> parse_anchor_state(
    std::string_view text);

}  // namespace shirube::server
