// The command line: what it asks for, as a value. Nothing is run, read or bound here.
// Threads:  start-up only.
// Errors:   CliExit: the text to print and the exit code, for --help and --version as for wrong usage.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conf/loader.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

inline constexpr int kExitFine = 0;
inline constexpr int kExitBroken = 1;      // the thing asked about, or its environment, is broken
inline constexpr int kExitWrongUsage = 2;  // of the command line or in the configuration

struct ServeCommand {
  std::optional<std::filesystem::path>
      config;  // from --config or SHIRUBE_CONFIG; see load_settings.hpp for neither
  conf::Overrides overrides;
};

struct DemoCommand {
  wire::Endpoint listen;
  bool once = false;  // print the table and end
};

struct CheckConfigCommand {
  std::filesystem::path file;
};

using Command = std::variant<ServeCommand, DemoCommand, CheckConfigCommand>;

// Text for stdout when code is 0, else for stderr; it ends with a newline.
struct CliExit {
  int code = kExitWrongUsage;
  std::string text;
};

// `arguments` without the program's name.
[[nodiscard]] std::expected<Command, CliExit> parse_command_line(std::vector<std::string> arguments);

}  // namespace shirube::server
