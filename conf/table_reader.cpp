#include "conf/table_reader.hpp"

#include <utility>

#include <fmt/format.h>

#include "conf/key_table.hpp"

namespace shirube::conf {
namespace {

class TableReader {
 public:
  TableReader(Draft& draft, Problems& problems) : draft_(draft), problems_(problems) {}

  // `path` is the table's own name, "" for the document. Recursion ends with the key table's depth.
  void read_table(const Table& table, std::string_view path, Seen& seen) {
    for (const Entry& entry : table) read_entry(entry, path, seen);
  }

 private:
  void read_entry(const Entry& entry, std::string_view path, Seen& seen) {
    // Left in its quotes, a key with a dot ("server.workers" = 2) is not taken for a path.
    const bool is_one_part = entry.key.find('.') == std::string::npos;
    const std::string part = is_one_part ? entry.key : '"' + entry.key + '"';
    const std::string name = path.empty() ? part : fmt::format("{}.{}", path, part);
    if (const Key* key = find_key(name)) {
      seen.emplace(name, entry.at);
      read_value(*key, entry.value);
    } else if (const TableList* list = find_table_list(name)) {
      read_list(*list, entry.value);
    } else if (is_table(name)) {
      read_subtable(name, entry.value, seen);
    } else {
      problems_.push_back({entry.at, unknown_key(name)});
    }
  }

  void read_value(const Key& key, const Value& value) {
    auto problem = key.read(value, draft_);
    if (problem) problems_.push_back({problem->at, fmt::format("{}: {}", key.name, problem->message)});
  }

  void read_subtable(const std::string& name, const Value& value, Seen& seen) {
    if (const auto* table = std::get_if<Table>(&value.data)) return read_table(*table, name, seen);
    problems_.push_back({value.at, fmt::format("{}: found {}, expected a table", name, describe(value))});
  }

  void read_list(const TableList& list, const Value& value) {
    const auto* elements = std::get_if<List>(&value.data);
    if (elements == nullptr) return expect_tables(list, value);
    if (elements->size() > list.most) {
      problems_.push_back(
          {(*elements)[list.most].at, fmt::format("more than {} [[{}]] tables", list.most, list.name)});
      return;
    }
    for (const Value& element : *elements) read_element(list, element);
  }

  void read_element(const TableList& list, const Value& element) {
    const auto* table = std::get_if<Table>(&element.data);
    if (table == nullptr) return expect_tables(list, element);
    list.begin(draft_);
    Seen seen;
    read_table(*table, list.name, seen);
    for (const Key& key : keys()) {
      const bool is_missing = key.required && is_below(key.name, list.name) && !seen.contains(key.name);
      if (!is_missing) continue;
      problems_.push_back({element.at, fmt::format("{} is missing in this [[{}]], expected {}", key.name,
                                                   list.name, key.expected)});
    }
  }

  void expect_tables(const TableList& list, const Value& found) {
    problems_.push_back(
        {found.at, fmt::format("{0}: found {1}, expected [[{0}]] tables", list.name, describe(found))});
  }

  static bool is_below(std::string_view name, std::string_view table) {
    return name.starts_with(table) && name.substr(table.size()).starts_with('.');
  }

  Draft& draft_;
  Problems& problems_;
};

}  // namespace

Draft read_document(const Table& document, Problems& problems) {
  Draft draft = new_draft();
  Seen seen;
  TableReader{draft, problems}.read_table(document, "", seen);
  draft.seen = std::move(seen);
  return draft;
}

}  // namespace shirube::conf
