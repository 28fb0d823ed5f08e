#include "conf/key_maker.hpp"

namespace shirube::conf {

Draft sample_draft() {
  Draft draft = new_draft();
  for (const TableList& list : table_lists()) list.begin(draft);
  return draft;
}

Key required(Key key) {
  key.required = true;
  key.fallback = "required";
  return key;
}

// For what has no value as its default.
Key otherwise(Key key, std::string_view fallback) {
  key.fallback = fallback;
  return key;
}

Key later(std::string_view name, std::string_view what) {
  auto refuse = [what](const Value& value, Draft& /*draft*/) -> std::optional<Problem> {
    return Problem{value.at, fmt::format("{} is not available in this version", what)};
  };
  return {.name = std::string{name},
          .expected = {},
          .fallback = {},
          .meaning = {},
          .available = false,
          .read = refuse};
}

}  // namespace shirube::conf
