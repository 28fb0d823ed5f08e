// Which configuration a command line means, and whether it is a good one.
// Threads:  start-up and reload, one caller at a time.
// Errors:   ConfigError, ready to be printed as one line; never half a configuration.
#pragma once

#include <expected>
#include <filesystem>
#include <iosfwd>

#include "conf/loader.hpp"
#include "server/cli.hpp"

namespace shirube::server {

// The configuration that `serve` finds when neither --config nor SHIRUBE_CONFIG names one; without it, every
// key has its default.
inline constexpr auto kDefaultConfigPath = "/etc/shirube/shirube.toml";

[[nodiscard]] std::expected<conf::Settings, conf::ConfigError> load_settings(
    const ServeCommand& command, const std::filesystem::path& default_path = kDefaultConfigPath);

// Prints "FILE: ok" to `out`, or the one line that says what is wrong to `err`. The exit code.
[[nodiscard]] int check_config(const CheckConfigCommand& command, std::ostream& out, std::ostream& err);

}  // namespace shirube::server
