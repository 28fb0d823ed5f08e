// What a drawn world looks like and what its clients got, for whoever replays a seed.
// Threads:  pure.
#pragma once

#include <deque>

#include "tests/simulation/crowd.hpp"
#include "tests/simulation/drawn_world.hpp"
#include "tests/simulation/random_run.hpp"

namespace shirube::simulation {

// Zone files with the servers of each, and the questions.
void describe(const sim::World& world, const DrawnWorld& drawn, const Trace& trace);
// Who asked what and when, how long it took and what came.
void describe(const std::deque<Asked>& asked, const Trace& trace);

}  // namespace shirube::simulation
