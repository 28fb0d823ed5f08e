// A configuration as it was written, before anything is known about its keys: values with their places.
// Threads:  plain values.
// Owns:     everything; nothing borrows from the text it was read from.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace shirube::conf {

// Line and column count from 1; 0 = the source as a whole.
struct Position {
  std::uint32_t source = 0;  // 0 = the file, n = the n-th override
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

template <class T>
struct Located {
  T value{};
  Position at{};
};

struct Problem {
  Position at;
  std::string message;
};
using Problems = std::vector<Problem>;

struct Value;
struct Entry;
using List = std::vector<Value>;
using Table = std::vector<Entry>;  // in file order, each key once
struct DateOrTime {};              // TOML has them, no key of ours takes them

struct Value {
  std::variant<bool, std::int64_t, double, std::string, DateOrTime, List, Table> data;
  Position at;
};

struct Entry {
  std::string key;
  Position at;
  Value value;
};

// In double quotes and safe to print on one line: control characters escaped, long text cut.
[[nodiscard]] std::string in_quotes(std::string_view text);
// The same without the quotes.
[[nodiscard]] std::string on_one_line(std::string_view text);
// What a message says was found: "\"x\"", "5", "a list".
[[nodiscard]] std::string describe(const Value& value);

}  // namespace shirube::conf
