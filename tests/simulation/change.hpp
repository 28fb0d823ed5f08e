// Change: what of a drawn world changes while clients ask, once a run: one host's address, a name that comes
// or goes, or a zone that moves to another server while its old servers go on with what they had (ghost
// domains, CVE-2012-1033).
// Threads:  one owner.
// Units:    virtual time after the start of the run.
#pragma once

#include <optional>
#include <vector>

#include "tests/simulation/drawn_world.hpp"

namespace shirube::simulation {

class Change {
 public:
  // At a moment within `within`. A move gives the zone one machine more in `drawn`: it has a say from then
  // on.
  Change(DrawnWorld& drawn, Dice dice, wire::Duration within);

  [[nodiscard]] wire::Duration at() const { return at_; }
  // The zone that is going to move to another server, in DrawnWorld::zones.
  [[nodiscard]] std::optional<std::size_t> moving() const {
    return kind_ == Kind::Move ? std::optional(zone_) : std::nullopt;
  }
  // Changes the world. REQUIRES: once.
  void happen(sim::World& world, const DrawnWorld& drawn, wire::Instant now);
  // The zones as they were, from the change on; empty before.
  [[nodiscard]] const std::vector<sim::Zone>& before() const { return before_; }
  [[nodiscard]] wire::Instant happened() const { return happened_; }
  // Up to then answers from before may be given: by lookups that had begun, from caches that had them.
  [[nodiscard]] wire::Instant over() const { return over_; }

 private:
  enum class Kind : std::uint8_t { None, Renumber, Vanish, Appear, Move };

  void move(sim::World& world, const DrawnWorld& drawn) const;

  Kind kind_ = Kind::None;
  wire::Duration at_{};
  std::size_t zone_ = 0;  // in DrawnWorld::zones
  std::vector<std::size_t> old_machines_;
  std::optional<std::size_t> new_machine_;
  std::vector<sim::Zone> before_;
  wire::Instant happened_{};
  wire::Instant over_{};
};

}  // namespace shirube::simulation
