// Reads a TOML configuration into Settings, or says in one line what is wrong and where.
// Threads:  start-up and reload, one caller at a time.
// Errors:   ConfigError: "conf.toml:5:1: unknown key 'server.thraeds'; did you mean 'server.workers'?" Never
//           half a configuration: it is whole and valid, or an error.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "conf/settings.hpp"

namespace shirube::conf {

struct ConfigError {
  std::string where;    // "shirube.toml:5:1", or "--set server.workers=x"
  std::string message;  // what was found, what was expected, the nearest known name
  [[nodiscard]] std::string line() const { return where + ": " + message; }
};

// What the command line puts over the file.
struct Overrides {
  std::vector<std::string> set;     // "KEY=VALUE", the value as TOML or a bare word: cache.size=64MiB
  std::vector<std::string> listen;  // "ADDR:PORT"; any given replace server.listen
};

[[nodiscard]] std::expected<Settings, ConfigError> load_text(std::string_view text, std::string_view name,
                                                             const Overrides& overrides = {});
// Also: the file cannot be read.
[[nodiscard]] std::expected<Settings, ConfigError> load_file(const std::filesystem::path& path,
                                                             const Overrides& overrides = {});

// docs/configuration.md: all keys with their types, defaults and meaning, from the table that files are read
// by.
[[nodiscard]] std::string reference_markdown();

}  // namespace shirube::conf
