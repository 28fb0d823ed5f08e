// Excuses: the results other than the truth that the habits of servers on the way of a question allow.
// Threads:  pure.
// Rules:    clearing AA, comparing names with case and old glue excuse nothing: other answers are to be had.
#pragma once

#include <vector>

#include "tests/simulation/habits.hpp"

namespace shirube::simulation {

struct Excuses {
  bool may_fail = false;  // no server gives an answer to it that a resolver may believe
  bool has_late = false;  // a server on the way is late or silent
  bool is_late = false;   // all servers of a zone on the way are late
  // Denials of an AAAA that are as good as the truth. Whether its name exists is another matter.
  std::vector<wire::Answer> denials;
};

[[nodiscard]] Excuses excuses(const DrawnWorld& drawn, const Habits& habits,
                              const std::vector<sim::Zone>& zones, const wire::Question& question,
                              cache::View view);

}  // namespace shirube::simulation
