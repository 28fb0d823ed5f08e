// Recursor: what an ideal recursive resolver would find in a set of zones. The oracle that tests compare
// with, and the content of the simulated forwarder's answers.
// Threads:  pure.
// Rules:    the walk begins at the topmost zone that holds the name and follows each delegation to the zone of
//           that name, whoever serves it: lame servers do not change the truth, a missing delegation does. A
//           delegation to a zone that does not exist, an alias loop and a name outside all zones are
//           SERVFAIL.
#pragma once

#include <span>

#include "sim/zone.hpp"

namespace shirube::sim {

// What proves the answer comes with it if it is asked for, of each zone that aliases lead through.
[[nodiscard]] wire::Answer resolve(std::span<const Zone> zones, const wire::Question& question,
                                   Proofs proofs = Proofs::LeftOut);

}  // namespace shirube::sim
