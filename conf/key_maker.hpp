// How a row of the key table is made: from its type, from what it sets, and from its meaning. Its default is
// what a new draft has there.
// Threads:  while the table is built.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "conf/key_table.hpp"
#include "conf/value_types.hpp"

namespace shirube::conf {

template <class T>
void store(T& field, T value, Position /*at*/) {
  field = std::move(value);
}
template <class T>
void store(Located<T>& field, T value, Position at) {
  field = {std::move(value), at};
}
template <class T>
void store(std::optional<T>& field, T value, Position /*at*/) {
  field = std::move(value);
}

template <class Type, class T>
std::string show(const Type& type, const T& field) {
  return type.show(field);
}
template <class Type, class T>
std::string show(const Type& type, const Located<T>& field) {
  return type.show(field.value);
}
template <class Type, class T>
std::string show(const Type& type, const std::optional<T>& field) {
  if constexpr (std::same_as<typename Type::Type, std::optional<T>>) {
    return type.show(field);
  } else {
    return field ? type.show(*field) : std::string{};
  }
}

// A new draft with one element in each list of tables, for their defaults.
[[nodiscard]] Draft sample_draft();

// `field` picks out of a Draft what the key sets.
template <class Type, class Field>
Key key(std::string_view name, Type type, Field field, std::string_view meaning) {
  Draft sample = sample_draft();
  auto read = [type, field](const Value& value, Draft& draft) -> std::optional<Problem> {
    auto result = type.read(value);
    if (!result) return std::move(result.error());
    store(field(draft), *std::move(result), value.at);
    return std::nullopt;
  };
  return {.name = std::string{name},
          .expected = type.expected(),
          .fallback = fmt::format("`{}`", show(type, field(sample))),
          .meaning = std::string{meaning},
          .read = std::move(read)};
}

// Required within its table.
[[nodiscard]] Key required(Key key);
// For what has no value as its default.
[[nodiscard]] Key otherwise(Key key, std::string_view fallback);
// A key of later versions.
[[nodiscard]] Key later(std::string_view name, std::string_view what);

// The rows of [dnssec].
[[nodiscard]] std::vector<Key> dnssec_keys();

}  // namespace shirube::conf
