// Storm: what goes wrong with the servers and links of a drawn world for some seconds, and how it ends.
// Threads:  one owner.
// Units:    virtual time.
// Rules:    each run has its own share of servers in trouble; a server's trouble may change in between. When the
//           storm is over all links are healthy and all servers honest; some keep quirks and habits that a
//           resolver must live with.
#pragma once

#include <map>

#include "sim/simulated_network.hpp"
#include "tests/simulation/habits.hpp"

namespace shirube::simulation {

class Storm {
 public:
  // `most` of the servers, at worst.
  Storm(Dice dice, double most) : dice_(dice), share_(most * dice_.fraction()) {}

  // Each server gets its trouble, or none; again in the midst of it.
  void blow(sim::World& world, const DrawnWorld& drawn, const Habits& habits);
  void end(sim::World& world, const DrawnWorld& drawn, const Habits& habits);

 private:
  Dice dice_;
  double share_;
  std::map<wire::Endpoint, sim::Faults> quirks_;
};

}  // namespace shirube::simulation
