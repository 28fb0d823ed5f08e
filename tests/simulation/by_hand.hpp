// Servers that an administrator names: a zone forwarded to a recursor, which may lie, or begun at its own
// servers.
// Threads:  pure but for the dice.
#pragma once

#include "tests/simulation/drawn_world.hpp"

namespace shirube::simulation {

// After all zones are drawn. A forwarder becomes one machine more, with a say about the zone.
void name_servers_by_hand(DrawnWorld& drawn, Dice dice);

}  // namespace shirube::simulation
