// What a drawn world looks like, for whoever replays a seed.
// Threads:  pure.
#pragma once

#include "tests/simulation/drawn_world.hpp"
#include "tests/simulation/random_run.hpp"

namespace shirube::simulation {

// Zone files with the servers of each, and the questions.
void describe(const sim::World& world, const DrawnWorld& drawn, const Trace& trace);

}  // namespace shirube::simulation
