#include "conf/overrides.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "conf/key_table.hpp"
#include "conf/loader_toml.hpp"

namespace shirube::conf {
namespace {

Value& entry_value(Table& table, std::string_view key, Position at) {
  const auto found = std::ranges::find(table, key, &Entry::key);
  if (found != table.end()) return found->value;
  return table.emplace_back(std::string{key}, at, Value{Table{}, at}).value;
}

// Where the file has something other than a table on the way there, it is left for the reader to complain
// about.
void set_at(Table& document, std::string_view name, Value value) {
  const Position at = value.at;
  Table* table = &document;
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    table = std::get_if<Table>(&entry_value(*table, name.substr(0, dot), at).data);
    if (table == nullptr) return;
    name.remove_prefix(dot + 1);
  }
  std::erase_if(*table, [&](const Entry& entry) { return entry.key == name; });
  table->push_back({std::string{name}, at, std::move(value)});
}

std::expected<void, Problem> check_name(std::string_view name, Position at) {
  const std::string_view first = name.substr(0, name.find('.'));
  if (find_table_list(name) != nullptr) return {};
  if (const TableList* list = find_table_list(first)) {
    return std::unexpected(
        Problem{at, fmt::format("[[{0}]] is a list of tables: set it whole, {0}=[{{...}}]", list->name)});
  }
  if (find_key(name) != nullptr) return {};
  if (is_table(name))
    return std::unexpected(Problem{at, fmt::format("'{}' is a table: set one of its keys", name)});
  return std::unexpected(Problem{at, unknown_key(name)});
}

// `text` as TOML, or as the text itself when it is a bare word such as 64MiB.
std::expected<Value, Problem> parse_value(std::string_view text, std::uint32_t source) {
  constexpr std::string_view kOpening = "[{\"'";
  auto parsed = parse_toml(fmt::format("value = {}", text), source);
  const bool is_one_value = parsed && parsed->size() == 1 && parsed->front().key == "value";
  if (is_one_value) return std::move(parsed->front().value);
  const bool means_toml = !text.empty() && kOpening.find(text.front()) != std::string_view::npos;
  if (means_toml && !parsed) return std::unexpected(std::move(parsed.error()));
  return Value{std::string{text}, {source, 0, 0}};
}

std::expected<void, Problem> apply_set(std::string_view argument, std::uint32_t source, Table& document) {
  const Position at{source, 0, 0};
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos) return std::unexpected(Problem{at, "expected KEY=VALUE"});
  const std::string_view name = argument.substr(0, equals);
  if (auto known = check_name(name, at); !known) return known;
  auto value = parse_value(argument.substr(equals + 1), source);
  if (!value) return std::unexpected(std::move(value.error()));
  set_at(document, name, *std::move(value));
  return {};
}

}  // namespace

std::vector<std::string> source_names(const Overrides& overrides) {
  std::vector<std::string> names;
  names.reserve(overrides.set.size() + overrides.listen.size());
  for (const std::string& argument : overrides.set) names.push_back("--set " + on_one_line(argument));
  for (const std::string& address : overrides.listen) names.push_back("--listen " + on_one_line(address));
  return names;
}

std::expected<void, Problem> apply(const Overrides& overrides, Table& document) {
  std::uint32_t source = 0;
  for (const std::string& argument : overrides.set) {
    if (auto done = apply_set(argument, ++source, document); !done) return done;
  }
  List listen;
  listen.reserve(overrides.listen.size());
  for (const std::string& address : overrides.listen) listen.push_back({address, {++source, 0, 0}});
  if (listen.empty()) return {};
  const Position at = listen.front().at;
  set_at(document, "server.listen", {std::move(listen), at});
  return {};
}

}  // namespace shirube::conf
