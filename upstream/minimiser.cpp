#include "upstream/minimiser.hpp"

#include <algorithm>

namespace shirube::upstream {
namespace {

// The label in front of the `labels` rightmost ones.
[[nodiscard]] bool next_begins_with_underscore(const wire::Name& name, std::size_t labels) {
  const auto longer = name.suffix(labels + 1);
  return longer.first_label().front() == '_';
}

// From `known` up to `most` labels of the name, as far as none begins with an underscore.
[[nodiscard]] std::size_t labels_before_underscore(const wire::Name& name, std::size_t known,
                                                   std::size_t most) {
  auto labels = known;
  while (labels < most && !next_begins_with_underscore(name, labels)) ++labels;
  return labels;
}

}  // namespace

std::size_t Minimiser::labels_to_add(std::size_t left) const {
  if (asked_ < kSingleLabelQueries) return 1;
  const auto queries_left = std::max(kMaxMinimisedQueries - asked_, 1U);
  return (left + queries_left - 1) / queries_left;
}

MinimisedStep Minimiser::next(std::size_t zone_labels) const {
  const auto& name = question_.name;
  const auto known = std::max(zone_labels, known_labels_);
  const auto all = name.label_count();
  if (whole_ || known + 1 >= all || asked_ >= kMaxMinimisedQueries ||
      next_begins_with_underscore(name, known))
    return {question_, true};
  const auto labels = labels_before_underscore(name, known, known + labels_to_add(all - known));
  if (labels >= all) return {question_, true};
  return {{name.suffix(labels), wire::Type::A, question_.klass}, false};
}

void Minimiser::exists(const wire::Name& name) {
  known_labels_ = std::max(known_labels_, name.label_count());
}

}  // namespace shirube::upstream
