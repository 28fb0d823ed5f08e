#include "tests/simulation/change.hpp"

#include <algorithm>

#include "tests/simulation/records.hpp"
#include "upstream/budget.hpp"

namespace shirube::simulation {
namespace {

// An answer from before may be on its way, and the first link of a chain whose rest takes as long as a lookup
// may.
constexpr wire::Duration kMostUnderWay = upstream::kMaxLookupTime + std::chrono::seconds{4};

[[nodiscard]] wire::Address new_address() { return wire::Address::v4(198, 51, 100, 99); }

[[nodiscard]] bool serves_above(const sim::World& world, const sim::Host& host, const wire::Name& apex) {
  return std::ranges::any_of(host.zones, [&](std::size_t index) {
    const auto& other = world.zones()[index].apex();
    return apex.is_within(other) && !(apex == other);
  });
}

}  // namespace

Change::Change(DrawnWorld& drawn, Dice dice, wire::Duration within) : at_(dice.up_to(within)) {
  std::vector<std::size_t> changeable;
  for (std::size_t i = 0; i < drawn.zones.size(); ++i) {
    if (drawn.zones[i].parent.value_or(0) != 0) changeable.push_back(i);
  }
  if (changeable.empty() || dice.happens(0.3)) return;
  zone_ = dice.pick(changeable);
  kind_ = dice.one_of({Kind::Renumber, Kind::Vanish, Kind::Appear, Kind::Move});
  if (kind_ != Kind::Move) return;
  auto& machines = drawn.zones[zone_].machines;
  old_machines_ = machines;
  const auto to = dice.below(drawn.machines.size());
  const auto& machine = drawn.machines[to];
  const bool can_serve = !machine.is_recursor && machine.addresses[0].family == wire::Family::V4;
  // To delegate it anew would mend it.
  const auto& security = drawn.zones[zone_].security;
  const bool is_odd = security.broken || (security.is_signed && !security.has_ds);
  if (!can_serve || is_odd || drawn.zones[zone_].by_hand ||
      std::ranges::find(machines, to) != machines.end()) {
    kind_ = Kind::Renumber;
    return;
  }
  new_machine_ = to;
  machines.push_back(to);
}

void Change::happen(sim::World& world, const DrawnWorld& drawn, wire::Instant now) {
  if (kind_ == Kind::None) return;
  before_ = world.zones();
  happened_ = now;
  const auto& changing = drawn.zones[zone_];
  auto longest = changing.ttl;
  if (kind_ == Kind::Move) {
    longest += changing.delegation_ttl;
    move(world, drawn);
  }
  over_ = now + kMostUnderWay + wire::Seconds{longest};
  auto& zone = world.zone(changing.index);
  const auto www = below("www", changing.apex);
  if (kind_ == Kind::Vanish) {
    zone.remove(www);
  } else {
    const auto owner = kind_ == Kind::Appear ? below("none", changing.apex) : www;
    zone.put(address_record(owner, changing.ttl, new_address()));
  }
}

// The old servers keep what they had, unless they serve a zone above, which would then never say otherwise.
void Change::move(sim::World& world, const DrawnWorld& drawn) const {
  const auto& moving = drawn.zones[zone_];
  const auto ghost = world.add_zone(sim::Zone(world.zone(moving.index)));
  for (const auto machine : old_machines_) {
    for (const auto& address : drawn.machines[machine].addresses) {
      auto& host = *world.host({address, 53});
      if (serves_above(world, host, moving.apex)) {
        std::erase(host.zones, moving.index);
      } else {
        std::ranges::replace(host.zones, moving.index, ghost);
      }
    }
  }
  auto& zone = world.zone(moving.index);
  const auto server = below("moved-ns", moving.apex);
  zone.put(name_record(wire::Type::NS, moving.apex, moving.delegation_ttl, server));
  for (const auto& address : drawn.machines[*new_machine_].addresses) {
    zone.put(address_record(server, moving.ttl, address));
    world.serve(address.text(), moving.index);
  }
  world.delegate(moving.index);
}

}  // namespace shirube::simulation
