// On which side of a zone cut records stand.
// Threads:  pure functions.
// Rules:    DS at the apex of a zone is data of the zone above (RFC 4035 §2.4, §3.1.4.1); all other types are
//           the zone's own. Nothing is above the root.
#pragma once

#include "wire/message.hpp"

namespace shirube::wire {

// Are records of this type at `name` in the zone above, should `name` be a zone?
[[nodiscard]] bool is_above_cut(const Name& name, Type type);
// A name whose zone has the records of this type at `name`.
[[nodiscard]] Name name_above_cut(const Name& name, Type type);
[[nodiscard]] Name name_above_cut(const Question& question);

}  // namespace shirube::wire
