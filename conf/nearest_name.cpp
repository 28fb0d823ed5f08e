#include "conf/nearest_name.hpp"

#include <algorithm>
#include <utility>

namespace shirube::conf {
namespace {

// No known name is longer; it bounds the work that a megabyte of key could cause.
constexpr std::size_t kMaxComparedLength = 64;

// More than a third of the letters wrong is another word, not a slip.
std::size_t tolerance(std::string_view wrong) { return std::max<std::size_t>(1, wrong.size() / 3); }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Rows of the usual table (optimal string alignment): `row[j]` is the distance of a[0, i) and b[0, j).
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string_view> nearest_name(std::string_view wrong,
                                             const std::vector<std::string_view>& known) {
  if (wrong.size() > kMaxComparedLength) return std::nullopt;
  std::optional<std::string_view> nearest;
  std::size_t least = tolerance(wrong) + 1;
  for (const std::string_view name : known) {
    const std::size_t distance = edit_distance(wrong, name);
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

}  // namespace shirube::conf
