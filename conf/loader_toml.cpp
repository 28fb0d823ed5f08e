#include "conf/loader_toml.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <toml++/toml.h>

namespace shirube::conf {
namespace {

// Walks what toml++ parsed. Its own nesting limit (256) bounds the recursion.
class Converter {
 public:
  explicit Converter(std::uint32_t source) : source_(source) {}

  [[nodiscard]] Table table(const toml::table& parsed) const {
    Table entries;
    entries.reserve(parsed.size());
    for (auto&& [key, node] : parsed) {
      const Position at = position(key.source());
      entries.push_back({std::string{key.str()}, at, value(node, at)});
    }
    // toml++ iterates by key; people read by line.
    std::ranges::stable_sort(entries, {}, &Entry::at);
    return entries;
  }

 private:
  [[nodiscard]] Position position(const toml::source_region& region) const {
    return {source_, region.begin.line, region.begin.column};
  }

  // A table that is only implied (by a dotted key) has no place of its own: it stands where its key does.
  [[nodiscard]] Value value(const toml::node& node, Position key_at) const {
    const bool has_place = node.source().begin.line != 0;
    const Position at = has_place ? position(node.source()) : key_at;
    if (const auto* text = node.as_string()) return {text->get(), at};
    if (const auto* flag = node.as_boolean()) return {flag->get(), at};
    if (const auto* number = node.as_integer()) return {number->get(), at};
    if (const auto* fraction = node.as_floating_point()) return {fraction->get(), at};
    if (const auto* parsed = node.as_table()) return {table(*parsed), at};
    if (const auto* parsed = node.as_array()) return {list(*parsed, at), at};
    return {DateOrTime{}, at};
  }

  [[nodiscard]] List list(const toml::array& parsed, Position at) const {
    List values;
    values.reserve(parsed.size());
    for (const toml::node& node : parsed) values.push_back(value(node, at));
    return values;
  }

  std::uint32_t source_;
};

}  // namespace

std::expected<Table, Problem> parse_toml(std::string_view text, std::uint32_t source) {
  try {
    return Converter{source}.table(toml::parse(text, std::string_view{}));
  } catch (const toml::parse_error& error) {
    const toml::source_position& begin = error.source().begin;
    return std::unexpected(
        Problem{{source, begin.line, begin.column}, "not TOML: " + on_one_line(error.description())});
  }
}

}  // namespace shirube::conf
