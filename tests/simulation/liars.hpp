// Liars: servers that say about other people's names what is not true, and about their own what they like.
// Threads:  scripts keep dice of their own.
// Rules:    a liar may say anything about the zones it serves, so of these, of zones below them, of zones whose
//           servers' names lie in them, and so on, only that is believed which is signed: they are tainted.
//           All else must come out as if the liar were not there.
//           In some worlds hardly anybody is honest: what a resolver believes is only seen where it is lied
//           to.
// Source:   what was tried on resolvers: Kaminsky 2008, promiscuous NS (CVE-2025-11411), NXNS (2020),
//           NRDelegation (2022), CAMP (2024), MaginotDNS (2023).
#pragma once

#include <vector>

#include "tests/simulation/drawn_world.hpp"

namespace shirube::simulation {

class Liars {
 public:
  // After all that decides who serves what.
  Liars(const DrawnWorld& drawn, Dice dice);

  [[nodiscard]] bool are_many() const { return are_many_; }
  [[nodiscard]] bool is_tainted(std::size_t zone) const { return tainted_[zone]; }
  // Is a tainted zone asked for `question`, or for a name that its aliases lead to?
  [[nodiscard]] bool touch(const DrawnWorld& drawn, const std::vector<sim::Zone>& zones,
                           const wire::Question& question) const;
  // Makes them lie. The world must outlive the scripts.
  void begin(sim::World& world, const DrawnWorld& drawn, Dice dice) const;

 private:
  bool are_many_;
  std::vector<std::size_t> machines_;
  std::vector<bool> tainted_;
};

// Somebody whom liars name as the server of everything, and who says so.
void add_evil_host(sim::World& world);

}  // namespace shirube::simulation
