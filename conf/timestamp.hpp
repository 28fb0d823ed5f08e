// Points in time as people write them: "2026-12-24T00:00:00Z" (RFC 3339).
// Threads:  pure.
// Units:    seconds since 1970, UTC.
// Errors:   nullopt for anything else, and before 1970.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::conf {

// With "Z" or an offset such as "+09:00"; no fractions of seconds.
[[nodiscard]] std::optional<std::int64_t> parse_timestamp(std::string_view text);
[[nodiscard]] std::string timestamp_text(std::int64_t seconds);

}  // namespace shirube::conf
