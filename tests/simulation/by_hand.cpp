#include "tests/simulation/by_hand.hpp"

namespace shirube::simulation {
namespace {

[[nodiscard]] wire::Address forwarder_address() { return wire::Address::v4(192, 0, 2, 240); }

void forward(DrawnWorld& drawn, DrawnZone& zone) {
  Machine forwarder{.addresses = {forwarder_address()}, .is_recursor = true};
  drawn.world.add_host(forwarder_address().text(), sim::Role::Recursor);
  zone.machines.push_back(drawn.machines.size());
  drawn.machines.push_back(std::move(forwarder));
  drawn.settings.forwards.push_back({zone.apex, {{forwarder_address(), 53}}});
}

// By IPv4 only: what is named by hand is tried whatever the routes say.
void begin_at_own_servers(DrawnWorld& drawn, const DrawnZone& zone) {
  upstream::ZoneServers stub{zone.apex, {}};
  for (const auto machine : zone.machines) {
    for (const auto& address : drawn.machines[machine].addresses) {
      if (address.family == wire::Family::V4) stub.servers.push_back({address, 53});
    }
  }
  drawn.settings.stubs.push_back(std::move(stub));
}

}  // namespace

void name_servers_by_hand(DrawnWorld& drawn, Dice dice) {
  if (!dice.happens(0.25)) return;
  auto& zone = drawn.zones[dice.between(1, drawn.zones.size() - 1)];
  if (zone.parent.value_or(0) == 0) return;
  zone.by_hand = true;
  if (dice.happens(0.6)) {
    forward(drawn, zone);
  } else {
    begin_at_own_servers(drawn, zone);
  }
}

}  // namespace shirube::simulation
