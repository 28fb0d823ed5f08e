// What stands in the zones of a drawn world, and what clients ask about it.
// Threads:  pure but for the dice.
#pragma once

#include "tests/simulation/drawn_world.hpp"

namespace shirube::simulation {

// Fills the zones below the TLDs with hosts, mail, wildcards, aliases over zones and empty non-terminals, and
// `questions` with what there is and what there is not.
void draw_content(DrawnWorld& drawn, Dice dice);

}  // namespace shirube::simulation
