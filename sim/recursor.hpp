// Recursor: what an ideal recursive resolver would find in a set of zones. The oracle that tests compare
// with, and the content of the simulated forwarder's answers.
// Threads:  pure.
// Rules:    delegations are followed only by asking the zone with the longest apex, so a zone that nobody
//           serves or that is delegated to lame servers still has its truth. A referral to a zone that does
//           not exist, an alias loop and a name outside all zones are SERVFAIL.
#pragma once

#include <span>

#include "sim/zone.hpp"

namespace shirube::sim {

[[nodiscard]] wire::Answer resolve(std::span<const Zone> zones, const wire::Question& question);

}  // namespace shirube::sim
