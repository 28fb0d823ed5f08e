// Reading a text line by line, for files that are not TOML.
// Threads:  pure functions.
#pragma once

#include <string_view>

namespace shirube::conf {

inline constexpr std::string_view kBlanks = " \t";

// The first line of `text`, without its end; `text` goes on behind it.
[[nodiscard]] std::string_view take_line(std::string_view& text);

}  // namespace shirube::conf
