#include "tests/simulation/drawn_world.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tests/simulation/by_hand.hpp"
#include "tests/simulation/records.hpp"
#include "tests/simulation/world_signing.hpp"
#include "tests/simulation/zone_content.hpp"

namespace shirube::simulation {
namespace {

using wire::Type;

constexpr std::size_t kMostSideways = 2;
constexpr std::uint32_t kRootTtl = 86'400;

[[nodiscard]] wire::Address address(std::string_view text) { return *wire::Address::parse(text); }

class Drawing {
 public:
  explicit Drawing(Dice dice) : dice_(dice) {}

  [[nodiscard]] DrawnWorld draw() {
    add_machines();
    add_zone({}, wire::Name());
    const auto tlds = dice_.between(1, 3);
    for (std::size_t i = 1; i <= tlds; ++i) add_zone(0, wire::Name::literal(fmt::format("t{}.", i)));
    const auto zones = dice_.between(2, 8);
    for (std::size_t i = 1; i <= zones; ++i) {
      const auto parent = dice_.between(1, drawn_.zones.size() - 1);
      const auto labels = dice_.happens(0.25) ? fmt::format("z{}.e{}", i, i) : fmt::format("z{}", i);
      add_zone(parent, below(labels, drawn_.zones[parent].apex));
    }
    if (dice_.happens(0.1)) add_cycle();
    drawn_.may_deny_empty_non_terminals = dice_.happens(0.1);
    draw_content(drawn_, dice_.split());
    set_up();
    name_servers_by_hand(drawn_, dice_.split());
    sign_world(drawn_, dice_.split());
    return std::move(drawn_);
  }

 private:
  [[nodiscard]] bool is_infrastructure(std::optional<std::size_t> parent) const {
    return !parent || *parent == 0;
  }

  void add_machines() {
    const auto count = dice_.between(4, 10);
    for (std::size_t i = 1; i <= count; ++i) {
      Machine machine;
      const bool both = dice_.happens(0.3);
      if (const bool only_v6 = i > 2 && dice_.happens(0.1); !only_v6)
        machine.addresses.push_back(wire::Address::v4(192, 0, 2, static_cast<std::uint8_t>(i)));
      if (both || machine.addresses.empty())
        machine.addresses.push_back(address(fmt::format("2001:db8::{:x}", i)));
      drawn_.machines.push_back(std::move(machine));
    }
  }

  // One to three, the first of them with IPv4. Roots and TLDs come from the front, so that some share.
  [[nodiscard]] std::vector<std::size_t> choose_machines(bool infrastructure) {
    const auto pool = infrastructure ? std::size_t{4} : drawn_.machines.size();
    std::vector<std::size_t> chosen{dice_.below(pool)};
    while (drawn_.machines[chosen[0]].addresses[0].family != wire::Family::V4) chosen[0] = dice_.below(pool);
    for (auto more = dice_.below(3); more > 0; --more) {
      const auto another = dice_.below(pool);
      if (std::ranges::find(chosen, another) == chosen.end()) chosen.push_back(another);
    }
    return chosen;
  }

  void add_zone(std::optional<std::size_t> parent, const wire::Name& at) {
    const bool infrastructure = is_infrastructure(parent);
    DrawnZone drawn;
    drawn.apex = at;
    drawn.index = drawn_.world.add_zone(sim::Zone(at));
    drawn.parent = parent;
    drawn.ttl = infrastructure ? 300 : dice_.one_of<std::uint32_t>({0, 1, 1, 5, 5, 60, 300});
    drawn.machines = choose_machines(infrastructure);
    auto& zone = drawn_.world.zone(drawn.index);
    zone.put(soa_record(at, {drawn.ttl, dice_.one_of<std::uint32_t>({1, 5, 60})}));
    wire::RRset servers{.owner = at, .type = Type::NS, .ttl = infrastructure ? kRootTtl : drawn.ttl};
    for (const auto machine : drawn.machines) {
      if (infrastructure) drawn_.machines[machine].serves_many = true;
      servers.rdatas.add(name_server(drawn, machine, infrastructure).wire());
      for (const auto& its : drawn_.machines[machine].addresses) drawn_.world.serve(its.text(), drawn.index);
    }
    if (!infrastructure) add_useless_servers(servers, zone);
    zone.put(std::move(servers));
    if (parent) delegate(drawn, infrastructure);
    drawn_.zones.push_back(std::move(drawn));
  }

  // The name of one of its servers: in the zone, or in another that can be found without it.
  [[nodiscard]] wire::Name name_server(DrawnZone& drawn, std::size_t machine, bool infrastructure) {
    auto home = drawn.index;
    const auto elsewhere = drawn_.zones.empty() ? 0 : dice_.below(drawn_.zones.size());
    if (!infrastructure && elsewhere != 0 && drawn_.zones[elsewhere].sideways < kMostSideways &&
        dice_.happens(0.3)) {
      const auto& other = drawn_.zones[elsewhere];
      home = other.index;
      drawn.names_come_of.push_back(elsewhere);
      drawn.sideways = std::max(drawn.sideways, other.sideways + 1);
    } else if (drawn.parent) {
      drawn.sideways = std::max(drawn.sideways, drawn_.zones[*drawn.parent].sideways);
    }
    auto& zone = drawn_.world.zone(home);
    auto name = below(fmt::format("ns{}", ++name_servers_), zone.apex());
    for (const auto& its : drawn_.machines[machine].addresses) zone.put(address_record(name, drawn.ttl, its));
    return name;
  }

  // Names that lead nowhere, or where nobody may be asked.
  void add_useless_servers(wire::RRset& servers, sim::Zone& zone) {
    if (dice_.happens(0.05)) servers.rdatas.add(below("gone", zone.apex()).wire());
    if (!dice_.happens(0.1)) return;
    const auto name = below("bad", zone.apex());
    const auto where = dice_.one_of<std::string_view>(
        {"127.0.0.1", "10.0.0.1", "0.0.0.0", "::", "::1", kOwnAddress, "192.0.2.222"});
    zone.put(address_record(name, 300, address(where)));
    servers.rdatas.add(name.wire());
  }

  void delegate(DrawnZone& drawn, bool infrastructure) {
    drawn_.world.delegate(drawn.index);
    auto& above = drawn_.world.zone(drawn_.zones[*drawn.parent].index);
    auto servers = *above.find(drawn.apex, Type::NS);
    if (!infrastructure) servers.ttl = dice_.one_of<std::uint32_t>({0, 1, 5, 60, 300});
    drawn.delegation_ttl = servers.ttl;
    above.put(std::move(servers));
  }

  // Two zones that can only be found through each other: never.
  void add_cycle() {
    const auto above = dice_.between(1, drawn_.zones.size() - 1);
    auto& zone = drawn_.world.zone(drawn_.zones[above].index);
    const auto one = below("cycle1", zone.apex());
    const auto two = below("cycle2", zone.apex());
    zone.put(name_record(Type::NS, one, 60, below("ns", two)));
    zone.put(name_record(Type::NS, two, 60, below("ns", one)));
    drawn_.questions.push_back({.name = below("www", one)});
  }

  void set_up() {
    auto& settings = drawn_.settings;
    settings.qname_minimisation = dice_.happens(0.8);
    settings.own.push_back({address(kOwnAddress), 53});
    for (const auto* prefix : {"127.0.0.0/8", "10.0.0.0/8", "::1/128"})
      settings.do_not_query.push_back(*wire::Prefix::parse(prefix));
    const auto& root = drawn_.world.zones()[drawn_.zones[0].index];
    for (const auto server : root.find(wire::Name(), Type::NS)->rdatas) {
      upstream::RootServer hint{.name = *wire::rdata_target(Type::NS, server), .addresses = {}};
      const auto machine = drawn_.zones[0].machines[settings.root_hints.size()];
      hint.addresses = drawn_.machines[machine].addresses;
      settings.root_hints.push_back(std::move(hint));
    }
    if (dice_.happens(0.1))
      settings.root_hints.push_back({wire::Name::literal("old.root."), {address("192.0.2.199")}});
  }

  Dice dice_;
  DrawnWorld drawn_;
  std::size_t name_servers_ = 0;
};

}  // namespace

DrawnWorld draw_world(Dice dice) { return Drawing(dice).draw(); }

std::size_t deepest_zone(const DrawnWorld& drawn, const wire::Name& name) {
  std::size_t deepest = 0;
  for (std::size_t i = 1; i < drawn.zones.size(); ++i) {
    const auto& apex = drawn.zones[i].apex;
    if (name.is_within(apex) && apex.size() > drawn.zones[deepest].apex.size()) deepest = i;
  }
  return deepest;
}

}  // namespace shirube::simulation
