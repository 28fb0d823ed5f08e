#include "server/load_settings.hpp"

#include <ostream>

namespace shirube::server {

std::expected<conf::Settings, conf::ConfigError> load_settings(const ServeCommand& command,
                                                               const std::filesystem::path& default_path) {
  if (command.config) return conf::load_file(*command.config, command.overrides);
  std::error_code cannot_tell;
  const bool absent = !std::filesystem::exists(default_path, cannot_tell) && !cannot_tell;
  if (absent) return conf::load_text("", "built-in defaults", command.overrides);
  return conf::load_file(default_path, command.overrides);
}

int check_config(const CheckConfigCommand& command, std::ostream& out, std::ostream& err) {
  const auto settings = conf::load_file(command.file);
  if (!settings) {
    err << settings.error().line() << '\n';
    return kExitWrongUsage;
  }
  out << command.file.string() << ": ok\n";
  return kExitFine;
}

}  // namespace shirube::server
