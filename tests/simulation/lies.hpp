// Lies: what a liar makes of an honest answer.
// Threads:  pure but for the dice.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/world.hpp"
#include "tests/simulation/dice.hpp"

namespace shirube::simulation {

// Whom lies are about, and who tells them.
struct Intent {
  std::vector<wire::Name> names;    // that clients ask for
  std::vector<wire::Name> zones;    // the root and the TLDs among them
  std::vector<wire::Name> servers;  // names of other zones' servers
  wire::Name own;                   // a zone that the liar serves
  const sim::World* world = nullptr;
  const sim::Host* host = nullptr;
  std::shared_ptr<const sim::Signer> stranger;  // keys for `own` that no DS knows
};

using Lie = void (*)(wire::Answer&, const wire::Question&, const Intent&, Dice&);

// Evil's address.
[[nodiscard]] wire::RRset evil(const wire::Name& owner);

// Where a liar has no say.
[[nodiscard]] std::span<const Lie> lies_about_others();
// Of its own zones, which it serves but did not sign: signatures stripped, data changed, signed data of other
// names, wrong denials, keys that nobody vouches for, and more signatures and keys than anybody would check.
[[nodiscard]] std::span<const Lie> lies_about_signatures();

}  // namespace shirube::simulation
