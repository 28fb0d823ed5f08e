// Puts what the command line says over a document before any of it is read: one path for checks and messages.
// Threads:  pure.
// Errors:   the argument that is no KEY=VALUE, or whose key does not exist.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "conf/document.hpp"
#include "conf/loader.hpp"

namespace shirube::conf {

// What each Position::source after the file is called: "--set server.workers=x".
[[nodiscard]] std::vector<std::string> source_names(const Overrides& overrides);

[[nodiscard]] std::expected<void, Problem> apply(const Overrides& overrides, Table& document);

}  // namespace shirube::conf
