#include "conf/loader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "conf/limits.hpp"
#include "conf/loader_toml.hpp"
#include "conf/overrides.hpp"
#include "conf/table_reader.hpp"

namespace shirube::conf {
namespace {

std::string place(Position at, std::string_view file, const Overrides& overrides) {
  if (at.source > 0) return source_names(overrides).at(at.source - 1);
  const std::string name = on_one_line(file);
  return at.line == 0 ? name : fmt::format("{}:{}:{}", name, at.line, at.column);
}

std::expected<Settings, Problem> load(std::string_view text, const Overrides& overrides) {
  if (text.size() > kMaxFileSize) {
    return std::unexpected(
        Problem{{}, fmt::format("longer than {} bytes: not a configuration", kMaxFileSize)});
  }
  auto document = parse_toml(text, 0);
  if (!document) return std::unexpected(std::move(document.error()));
  if (auto done = apply(overrides, *document); !done) return std::unexpected(std::move(done.error()));

  Problems problems;
  Draft draft = read_document(*document, problems);
  // The names and limits that settle() compares have to be right first.
  Settings settings = problems.empty() ? settle(std::move(draft), problems) : Settings{};
  if (problems.empty()) return settings;
  return std::unexpected(std::move(*std::ranges::min_element(problems, {}, &Problem::at)));
}

std::expected<std::string, ConfigError> read_file(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::string text(kMaxFileSize + 1, '\0');  // one more than is taken, so that a longer file shows
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad()) {
    const std::string reason = std::generic_category().message(errno);
    return std::unexpected(ConfigError{on_one_line(path.string()), "cannot be read: " + reason});
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

std::expected<Settings, ConfigError> load_text(std::string_view text, std::string_view name,
                                               const Overrides& overrides) {
  auto settings = load(text, overrides);
  if (settings) return *std::move(settings);
  const Problem& problem = settings.error();
  return std::unexpected(ConfigError{place(problem.at, name, overrides), problem.message});
}

std::expected<Settings, ConfigError> load_file(const std::filesystem::path& path,
                                               const Overrides& overrides) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  return load_text(*text, path.string(), overrides);
}

}  // namespace shirube::conf
