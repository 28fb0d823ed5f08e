#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "conf/document.hpp"
#include "conf/key_table.hpp"
#include "conf/nearest_name.hpp"

namespace shirube::conf {
namespace {

std::string_view last_part(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

std::vector<std::string_view> known_names() {
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (key.available) names.emplace_back(key.name);
  }
  for (const Section& section : sections()) names.push_back(section.name);
  for (const TableList& list : table_lists()) names.push_back(list.name);
  return names;
}

// Written under the wrong heading, or under none: "workers" for "server.workers".
std::optional<std::string_view> same_last_part(std::string_view name) {
  const auto found = std::ranges::find_if(
      keys(), [&](const Key& key) { return key.available && last_part(key.name) == last_part(name); });
  if (found == keys().end()) return std::nullopt;
  return found->name;
}

}  // namespace

const Key* find_key(std::string_view name) {
  const auto found = std::ranges::find(keys(), name, &Key::name);
  return found == keys().end() ? nullptr : &*found;
}

const TableList* find_table_list(std::string_view name) {
  const auto found = std::ranges::find(table_lists(), name, &TableList::name);
  return found == table_lists().end() ? nullptr : &*found;
}

bool is_table(std::string_view name) {
  return std::ranges::any_of(keys(), [&](const Key& key) {
    return key.name.size() > name.size() && key.name.starts_with(name) && key.name[name.size()] == '.';
  });
}

std::string unknown_key(std::string_view name) {
  auto meant = nearest_name(name, known_names());
  if (!meant) meant = same_last_part(name);
  const std::string hint = meant ? fmt::format("; did you mean '{}'?", *meant) : "";
  return fmt::format("unknown key '{}'{}", on_one_line(name), hint);
}

}  // namespace shirube::conf
