// Which known name did somebody mean who wrote an unknown one?
// Threads:  pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace shirube::conf {

// Insertions, deletions, replacements and swaps of neighbours that make one out of the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The known name of the least distance, the first of equals; nullopt when none is near enough to be meant.
[[nodiscard]] std::optional<std::string_view> nearest_name(std::string_view wrong,
                                                           const std::vector<std::string_view>& known);

}  // namespace shirube::conf
