// Durations and sizes as people write them: "90s", "4.5s", "1d"; "64KiB", "256MiB".
// Threads:  pure.
// Units:    durations in microseconds, sizes in bytes.
// Errors:   nullopt for anything else, for what does not fit, and for what is no whole number of those units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/time.hpp"

namespace shirube::conf {

// One number, with decimals if need be, and its unit: ms, s, m, h or d.
[[nodiscard]] std::optional<wire::Duration> parse_duration(std::string_view text);
// In the largest unit that takes no decimals: "1d", "36h", "500ms"; "4.5s" from one second up to a minute.
[[nodiscard]] std::string duration_text(wire::Duration duration);

// One number, with decimals if need be, and its unit: B, KiB, MiB, GiB or TiB.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace shirube::conf
