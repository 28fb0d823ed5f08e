// What of a drawn world is signed, how, and what is wrong with it on purpose.
// Threads:  pure but for the dice.
// Rules:    half of the worlds have no trust anchor, and nothing of them is validated. The others have one at the
//           root, or at a TLD alone. Signed zones lie below unsigned ones, and the other way round;
//           algorithms, denials and lengths of keys are mixed. Some zones, and some RRsets, are broken.
#pragma once

#include "tests/simulation/drawn_world.hpp"

namespace shirube::simulation {

// After all that decides what zones there are and what they have.
void sign_world(DrawnWorld& drawn, Dice dice);

}  // namespace shirube::simulation
