// TOML text to a document. The only door to toml++, whose header costs seconds and whose errors are
// exceptions.
// Threads:  pure.
// Errors:   the first place where the text is not TOML, told on one line.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "conf/document.hpp"

namespace shirube::conf {

// Every position in the result carries `source`.
[[nodiscard]] std::expected<Table, Problem> parse_toml(std::string_view text, std::uint32_t source);

}  // namespace shirube::conf
