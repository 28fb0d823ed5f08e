// All keys in one table: from it files are read, unknown keys hinted at and the reference printed.
// Threads:  built once, immutable, then from any.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conf/draft.hpp"

namespace shirube::conf {

struct Key {
  std::string name;      // in full: "server.workers"; "forward.zone" is `zone` in each [[forward]]
  std::string expected;  // type and limits
  std::string fallback;  // what counts when it is not set, as Markdown
  std::string meaning;
  bool required = false;
  bool available = true;  // false: a key of later versions, read only to say so
  // Checks the value and stores it, for keys of a list of tables in the element begun last.
  std::function<std::optional<Problem>(const Value&, Draft&)> read;
};

// [name]
struct Section {
  std::string_view name;
  std::string_view meaning;
};

// [[name]], any number up to `most`.
struct TableList {
  std::string_view name;
  std::size_t most;
  void (*begin)(Draft&);  // appends an element
  std::string_view meaning;
  std::string_view example;  // TOML
};

[[nodiscard]] const std::vector<Key>& keys();
[[nodiscard]] const std::vector<Section>& sections();
[[nodiscard]] const std::vector<TableList>& table_lists();

[[nodiscard]] const Key* find_key(std::string_view name);
[[nodiscard]] const TableList* find_table_list(std::string_view name);
// Something stands below it: "server", "client.match".
[[nodiscard]] bool is_table(std::string_view name);
// "unknown key 'x'; did you mean 'y'?"
[[nodiscard]] std::string unknown_key(std::string_view name);

}  // namespace shirube::conf
