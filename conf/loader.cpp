#include "conf/loader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "conf/limits.hpp"
#include "conf/loader_toml.hpp"
#include "conf/overrides.hpp"
#include "conf/read_file.hpp"
#include "conf/root_hints.hpp"
#include "conf/table_reader.hpp"
#include "conf/trust_anchor_file.hpp"

namespace shirube::conf {
namespace {

std::string place(Position at, std::string_view file, const Overrides& overrides) {
  if (at.source > 0) return source_names(overrides).at(at.source - 1);
  const std::string name = on_one_line(file);
  return at.line == 0 ? name : fmt::format("{}:{}:{}", name, at.line, at.column);
}

// The problem of a file that the configuration names, told at the key that names it.
Problem problem_of_file(std::string_view key, const Located<std::string>& file, const FileProblem& problem) {
  const std::string on_line = problem.line == 0 ? "" : fmt::format(":{}", problem.line);
  return {file.at, fmt::format("{}: {}{}: {}", key, on_one_line(file.value), on_line, problem.reason)};
}

// What `parse` makes of the file.
template <class T>
std::expected<T, FileProblem> read_with(std::expected<T, FileProblem> (*parse)(std::string_view),
                                        const std::string& path, std::size_t most) {
  const auto text = read_file(path, most);
  if (!text) return std::unexpected(FileProblem{0, text.error()});
  return parse(*text);
}

// Without a file, the built-in ones stay.
void read_root_hints(Draft& draft, Problems& problems) {
  const Located<std::string>& file = draft.root_hints;
  if (file.value.empty()) return;
  auto servers = read_with(parse_root_hints, file.value, kMaxRootHintsSize);
  if (!servers) return problems.push_back(problem_of_file("resolve.root-hints", file, servers.error()));
  draft.settings.upstream.root_hints = *std::move(servers);
}

void read_trust_anchors(Draft& draft, Problems& problems) {
  for (const Located<std::string>& file : draft.trust_anchors) {
    const auto anchors = read_with(parse_trust_anchors, file.value, kMaxTrustAnchorFileSize);
    if (!anchors) return problems.push_back(problem_of_file("dnssec.trust-anchors", file, anchors.error()));
    for (const auto& anchor : *anchors) draft.settings.upstream.trust.anchors.add(anchor);
  }
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
  read_root_hints(draft, problems);
  read_trust_anchors(draft, problems);
  // The names and limits that settle() compares have to be right first.
  Settings settings = problems.empty() ? settle(std::move(draft), problems) : Settings{};
  if (problems.empty()) return settings;
  return std::unexpected(std::move(*std::ranges::min_element(problems, {}, &Problem::at)));
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
  const auto text = read_file(path, kMaxFileSize);
  if (!text) return std::unexpected(ConfigError{on_one_line(path.string()), text.error()});
  return load_text(*text, path.string(), overrides);
}

}  // namespace shirube::conf
