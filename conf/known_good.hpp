// For values that are written in this program: they parse in every run or in none.
// Threads:  pure.
// Errors:   std::logic_error at the first start.
#pragma once

#include <optional>
#include <stdexcept>

namespace shirube::conf {

template <class T>
[[nodiscard]] T known_good(const std::optional<T>& parsed) {
  if (!parsed) throw std::logic_error{"a built-in value does not parse"};
  return *parsed;
}

}  // namespace shirube::conf
