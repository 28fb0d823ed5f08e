#include "tests/simulation/habits.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tests/simulation/lies.hpp"
#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using namespace std::chrono_literals;
using sim::AaaaSaid;
using sim::CaseSaid;
using wire::Type;

constexpr double kWorldsWithHabits = 0.3;
constexpr double kMachinesWithHabits = 0.4;
constexpr double kOldGlue = 0.5;
constexpr double kForeignGlue = 0.3;
// With a shorter life a step is forgotten before the next one is taken.
constexpr std::uint32_t kLeastTtlOfLate = 5;
constexpr std::array kSaidToCapitals{CaseSaid::Refused, CaseSaid::Silence, CaseSaid::FormErr,
                                     CaseSaid::NxDomain, CaseSaid::NoData};

[[nodiscard]] bool is_by_ipv4(const Machine& machine) {
  return machine.addresses[0].family == wire::Family::V4;
}

// Does one of the machines that IPv4 reaches serve the zone as `serves` says? Each of them, if it may come to
// be the only one.
template <class Serves>
[[nodiscard]] bool is_served(const DrawnWorld& drawn, const DrawnZone& zone, bool by_each, Serves serves) {
  const auto is_good = [&](std::size_t machine) {
    return is_by_ipv4(drawn.machines[machine]) && serves(machine);
  };
  const auto is_good_or_unreachable = [&](std::size_t machine) {
    return !is_by_ipv4(drawn.machines[machine]) || serves(machine);
  };
  return by_each ? std::ranges::all_of(zone.machines, is_good_or_unreachable)
                 : std::ranges::any_of(zone.machines, is_good);
}

// Is the zone, or one above, served by such machines only that answer its AAAA badly? A server that serves
// both answers for the zone below instead of referring to its servers.
template <class Answers>
[[nodiscard]] bool is_stuck(const DrawnWorld& drawn, std::size_t zone, std::optional<std::size_t> moving,
                            Answers answers) {
  const auto serves = [&](std::size_t machine) {
    return std::ranges::find(drawn.zones[zone].machines, machine) != drawn.zones[zone].machines.end();
  };
  const auto leads_on = [&](std::size_t machine) { return !serves(machine) || answers(machine); };
  for (auto at = std::optional(zone); at; at = drawn.zones[*at].parent) {
    if (!is_served(drawn, drawn.zones[*at], at == moving, leads_on)) return true;
  }
  return false;
}

// May a resolver use addresses of `name` from a server of `zone`? True if the name lies in the zone, or in a
// parent zone that shares a server with it.
[[nodiscard]] bool may_tell_of(const DrawnWorld& drawn, std::size_t zone, const wire::Name& name) {
  const auto& own = drawn.zones[zone].machines;
  for (auto at = std::optional(zone); at; at = drawn.zones[*at].parent) {
    const auto& above = drawn.zones[*at];
    if (name.is_within(above.apex) && std::ranges::find_first_of(above.machines, own) != above.machines.end())
      return true;
  }
  return false;
}

void ask(DrawnWorld& drawn, const wire::Question& question) {
  if (std::ranges::find(drawn.questions, question) == drawn.questions.end())
    drawn.questions.push_back(question);
}

}  // namespace

Habits::Habits(DrawnWorld& drawn, std::optional<std::size_t> moving, Dice dice)
    : dice_(dice),
      of_machines_(drawn.machines.size()),
      of_zones_(drawn.zones.size()),
      has_old_glue_(drawn.zones.size()) {
  if (!dice_.happens(kWorldsWithHabits)) return;
  draw(drawn);
  draw_old_glue(drawn);
  add_questions(drawn);
  note_lateness(drawn, moving);
  note_aaaa(drawn, moving);
  draw_foreign_glue(drawn);
}

void Habits::draw(const DrawnWorld& drawn) {
  for (std::size_t i = 0; i < drawn.machines.size(); ++i) {
    const auto& machine = drawn.machines[i];
    if (machine.serves_many || machine.is_recursor || !dice_.happens(kMachinesWithHabits)) continue;
    of_machines_[i] = draw_habit();
    for (const auto& address : machine.addresses)
      of_hosts_.emplace(wire::Endpoint{address, 53}, of_machines_[i]);
  }
}

Habit Habits::draw_habit() {
  Habit habit;
  switch (dice_.below(counts_.late == 0 ? 4 : 3)) {
    case 0:
      habit.sloppy = true;
      ++counts_.sloppy;
      break;
    case 1:
      habit.compares_case = dice_.pick(kSaidToCapitals);
      ++counts_.compares_case;
      break;
    case 2:
      habit.to_aaaa =
          dice_.one_of({AaaaSaid::Silence, AaaaSaid::ServFail, AaaaSaid::Refused, AaaaSaid::NxDomain});
      ++counts_.mistreats_aaaa;
      break;
    default:
      habit.answers_late = dice_.one_of<wire::Duration>({1'600ms, 2'500ms});
      ++counts_.late;
  }
  return habit;
}

// The zone above knows a server of the zone by its old address; the zone that holds the server's name knows
// the new one.
void Habits::draw_old_glue(DrawnWorld& drawn) {
  for (std::size_t i = 1; i < drawn.zones.size(); ++i) {
    const auto& zone = drawn.zones[i];
    if (*zone.parent == 0) continue;
    const auto& above = drawn.zones[*zone.parent].apex;
    const auto servers = drawn.world.zones()[zone.index].find(zone.apex, Type::NS)->rdatas;
    for (const auto rdata : servers) {
      const auto server = *wire::rdata_target(Type::NS, rdata);
      const auto& home = drawn.zones[deepest_zone(drawn, server)].apex;
      const bool is_sibling = home.is_within(above) && !(home == above) && !(home == zone.apex);
      if (!is_sibling || !dice_.happens(kOldGlue)) continue;
      age_glue(drawn, zone, server);
      has_old_glue_[i] = true;
    }
  }
}

void Habits::age_glue(DrawnWorld& drawn, const DrawnZone& zone, const wire::Name& server) {
  const auto old = wire::Address::v4(198, 18, 0, static_cast<std::uint8_t>(++counts_.old_glue));
  auto& above = drawn.world.zone(drawn.zones[*zone.parent].index);
  above.put(address_record(server, zone.delegation_ttl, old));
  auto& host = drawn.world.add_host(old.text(), sim::Role::Authority);
  switch (dice_.below(3)) {
    case 0:
      host.faults.silent = true;
      break;
    case 1:
      host.faults.refuses = true;
      break;
    default:
      host.faults.lame = true;
  }
}

// The registry stores an address for a name outside its zone. Signed zones are skipped: they cannot hold such
// a name.
void Habits::draw_foreign_glue(DrawnWorld& drawn) {
  for (std::size_t i = 1; i < drawn.zones.size(); ++i) {
    const auto& zone = drawn.zones[i];
    const auto& parent = drawn.zones[*zone.parent];
    if (parent.security.is_signed) continue;
    const auto servers = drawn.world.zones()[zone.index].find(zone.apex, Type::NS)->rdatas;
    for (const auto rdata : servers) {
      const auto server = *wire::rdata_target(Type::NS, rdata);
      if (may_tell_of(drawn, *zone.parent, server) || !dice_.happens(kForeignGlue)) continue;
      drawn.world.zone(parent.index).put(evil(server));
      ++counts_.foreign_glue;
    }
  }
}

// Of each zone that mistreats AAAA: the type that it mistreats and the type that must not suffer.
void Habits::add_questions(DrawnWorld& drawn) const {
  for (const auto& zone : drawn.zones) {
    const bool mistreats = std::ranges::any_of(zone.machines, [&](std::size_t machine) {
      return of_machines_[machine].to_aaaa != AaaaSaid::TheSame;
    });
    if (!mistreats) continue;
    for (const auto type : {Type::AAAA, Type::A}) ask(drawn, {.name = below("www", zone.apex), .type = type});
    ask(drawn, {.name = below("x.wild", zone.apex)});
    if (!drawn.may_deny_empty_non_terminals)
      ask(drawn, {.name = below("wild", zone.apex), .type = Type::AAAA});
  }
}

// Parents and homes of names come first in the list.
void Habits::note_lateness(const DrawnWorld& drawn, std::optional<std::size_t> moving) {
  for (std::size_t i = 0; i < drawn.zones.size(); ++i) {
    const auto& zone = drawn.zones[i];
    auto& its = of_zones_[i];
    const auto needs = [&](bool ZoneHabits::* which) {
      const auto is_so = [&](std::size_t other) { return of_zones_[other].*which; };
      return (zone.parent && is_so(*zone.parent)) || std::ranges::any_of(zone.names_come_of, is_so);
    };
    its.has_late =
        needs(&ZoneHabits::has_late) || std::ranges::any_of(zone.machines, [&](std::size_t machine) {
          return of_machines_[machine].answers_late != wire::Duration::zero() ||
                 of_machines_[machine].compares_case == CaseSaid::Silence;
        });
    its.has_silent_for_aaaa = std::ranges::any_of(zone.machines, [&](std::size_t machine) {
      return of_machines_[machine].to_aaaa == AaaaSaid::Silence;
    });
    const bool is_brief = std::min(zone.ttl, zone.delegation_ttl) < kLeastTtlOfLate;
    its.is_fleeting = its.has_late && (is_brief || needs(&ZoneHabits::is_fleeting));
    // A server with old glue is found late.
    its.is_late =
        needs(&ZoneHabits::is_late) || !is_served(drawn, zone, moving == i || has_old_glue_[i],
                                                  [&](std::size_t machine) { return is_quick(machine); });
    its.is_late_for_aaaa = its.is_late || !is_served(drawn, zone, moving == i, [&](std::size_t machine) {
                             return is_quick(machine) && of_machines_[machine].to_aaaa == AaaaSaid::TheSame;
                           });
  }
}

void Habits::note_aaaa(const DrawnWorld& drawn, std::optional<std::size_t> moving) {
  for (std::size_t i = 0; i < drawn.zones.size(); ++i) {
    auto& its = of_zones_[i];
    const auto may_fail = [&](std::initializer_list<AaaaSaid> good) {
      return is_stuck(drawn, i, moving, [&](std::size_t machine) {
        return std::ranges::find(good, of_machines_[machine].to_aaaa) != good.end();
      });
    };
    its.may_deny_aaaa = std::ranges::any_of(drawn.zones[i].machines, [&](std::size_t machine) {
      return of_machines_[machine].to_aaaa == AaaaSaid::NxDomain;
    });
    its.may_fail_honest_aaaa = may_fail({AaaaSaid::TheSame});
    its.may_fail_aaaa = may_fail({AaaaSaid::TheSame, AaaaSaid::NxDomain});
  }
}

std::vector<std::string> Habits::description() const {
  static constexpr std::string_view kToCapitals[]{"",        "NXDOMAIN", "NODATA", "REFUSED",
                                                  "FORMERR", "SERVFAIL", "nothing"};
  static constexpr std::string_view kToAaaa[]{"", "nothing", "SERVFAIL", "REFUSED", "NXDOMAIN"};
  std::vector<std::string> lines;
  for (const auto& [endpoint, habit] : of_hosts_) {
    auto& line = lines.emplace_back(endpoint.text());
    if (habit.sloppy) line += " clears AA";
    if (habit.compares_case != CaseSaid::Nothing)
      line += fmt::format(" says {} to capitals", kToCapitals[static_cast<std::size_t>(habit.compares_case)]);
    if (habit.to_aaaa != AaaaSaid::TheSame)
      line += fmt::format(" says {} to AAAA", kToAaaa[static_cast<std::size_t>(habit.to_aaaa)]);
    if (habit.answers_late != wire::Duration::zero())
      line += fmt::format(" answers after {} us", habit.answers_late.count());
  }
  return lines;
}

void Habits::apply(sim::Host& host) const {
  const auto found = of_hosts_.find(host.endpoint);
  if (found == of_hosts_.end()) return;
  const auto& habit = found->second;
  auto& faults = host.faults;
  faults.not_authoritative = faults.not_authoritative || habit.sloppy;
  // A denial with neither AA nor SOA is no answer (decision 014).
  faults.no_soa = faults.no_soa && !habit.sloppy;
  faults.compares_case = habit.compares_case;
  // A server that compares case has no other fault that says the same to all names: the resolver would find
  // out in a storm that plain case makes no difference, and not look again for a minute (seed 6880).
  const bool minds_case = habit.compares_case != CaseSaid::Nothing;
  for (auto* const other :
       {&faults.no_edns, &faults.truncates, &faults.lame, &faults.servfail, &faults.notimp})
    *other = *other && !minds_case;
  faults.to_aaaa = habit.to_aaaa;
  faults.answers_late = habit.answers_late;
}

}  // namespace shirube::simulation
