#include "tests/simulation/liars.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/recursor.hpp"
#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using wire::Type;

constexpr std::uint32_t kLieTtl = 300;
constexpr std::size_t kManyNames = 30;

// Whom lies are about, and who tells them.
struct Intent {
  std::vector<wire::Name> names;    // that clients ask for
  std::vector<wire::Name> zones;    // the root and the TLDs among them
  std::vector<wire::Name> servers;  // names of other zones' servers
  wire::Name own;                   // a zone that the liar serves
};

[[nodiscard]] wire::RRset evil(const wire::Name& owner) {
  return address_record(owner, kLieTtl, *wire::Address::parse(kEvilAddress));
}

void refer(wire::Answer& answer, const wire::Name& zone, const wire::Name& server) {
  answer.authority.push_back(name_record(Type::NS, zone, kLieTtl, server));
}

[[nodiscard]] wire::Answer only_aliases(const wire::Question& asked, const wire::Name& target) {
  wire::Answer answer;
  answer.authoritative = true;
  answer.answer.push_back(name_record(Type::CNAME, asked.name, kLieTtl, target));
  return answer;
}

using Lie = void (*)(wire::Answer&, const wire::Question&, const Intent&, Dice&);

constexpr Lie kLies[]{
    // More than was asked for, in each section.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      answer.answer.push_back(evil(dice.pick(intent.names)));
    },
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      refer(answer, dice.pick(intent.zones), below("evil", intent.own));
      answer.additional.push_back(evil(below("evil", intent.own)));
    },
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      const auto server = dice.pick(intent.servers);
      refer(answer, intent.own, server);
      answer.additional.push_back(evil(server));
    },
    // A referral where it has no say, instead of the answer.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      answer = {};
      refer(answer, dice.pick(intent.zones), below("evil", intent.own));
      answer.additional.push_back(evil(below("evil", intent.own)));
    },
    // An alias to somebody else, with that one's data.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      const auto victim = dice.pick(intent.names);
      answer = only_aliases(asked, victim);
      answer.answer.push_back(evil(victim));
    },
    // All of a zone above it moved away.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      const auto above = dice.pick(intent.zones);
      const auto target = below("evil", intent.own);
      if (const auto moved = asked.name.rebased(above, target); moved && *moved) {
        answer = only_aliases(asked, **moved);
        answer.answer.insert(answer.answer.begin(), name_record(Type::DNAME, above, kLieTtl, target));
        answer.answer.push_back(evil(**moved));
      }
    },
    // Denies what it has no say about.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      answer = {};
      answer.rcode = wire::Rcode::NxDomain;
      answer.authoritative = true;
      answer.authority.push_back(soa_record(dice.pick(intent.zones), {kLieTtl, kLieTtl}));
    },
    // Sends us where nobody may be asked.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = {};
      const auto server = below("here", intent.own);
      const auto where =
          dice.one_of<std::string_view>({"127.0.0.1", "10.0.0.1", "0.0.0.0", "::", kOwnAddress});
      refer(answer, asked.name, server);
      answer.additional.push_back(address_record(server, kLieTtl, *wire::Address::parse(where)));
    },
    // Many servers whose names cost lookups at somebody else's.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = {};
      auto servers = name_record(Type::NS, asked.name, kLieTtl, below("first", intent.own));
      for (std::size_t i = 0; i < kManyNames; ++i) {
        const auto label = fmt::format("r{}", dice.below(1'000'000));
        servers.rdatas.add(below(label, dice.pick(intent.zones)).wire());
      }
      answer.authority.push_back(std::move(servers));
    },
    // A chain of aliases that never ends.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = only_aliases(asked, below(fmt::format("r{}.r", dice.below(1'000'000)), intent.own));
    },
};

[[nodiscard]] Intent intent_of(const sim::World& world, const DrawnWorld& drawn, std::size_t machine) {
  Intent intent;
  for (const auto& question : drawn.questions) intent.names.push_back(question.name);
  for (const auto& zone : drawn.zones) {
    intent.zones.push_back(zone.apex);
    if (std::ranges::find(zone.machines, machine) != zone.machines.end()) {
      intent.own = zone.apex;
      continue;
    }
    for (const auto server : world.zones()[zone.index].find(zone.apex, Type::NS)->rdatas)
      intent.servers.push_back(*wire::rdata_target(Type::NS, server));
  }
  return intent;
}

}  // namespace

Liars::Liars(const DrawnWorld& drawn, Dice dice) : tainted_(drawn.zones.size()) {
  for (std::size_t i = 0; i < drawn.machines.size(); ++i) {
    if (!drawn.machines[i].serves_many && dice.happens(0.15)) machines_.push_back(i);
  }
  const auto lies = [&](std::size_t machine) {
    return std::ranges::find(machines_, machine) != machines_.end();
  };
  // Parents and homes of names come first in the list, so that once through it is enough.
  for (std::size_t i = 0; i < drawn.zones.size(); ++i) {
    const auto& zone = drawn.zones[i];
    tainted_[i] = std::ranges::any_of(zone.machines, lies) || (zone.parent && tainted_[*zone.parent]) ||
                  std::ranges::any_of(zone.names_come_of, [&](std::size_t home) { return tainted_[home]; });
  }
}

bool Liars::touch(const DrawnWorld& drawn, const std::vector<sim::Zone>& zones,
                  const wire::Question& question) const {
  auto name = question.name;
  for (std::size_t links = 0; links <= sim::kMaxAliases; ++links) {
    if (tainted_[deepest_zone(drawn, name)]) return true;
    // One link a time: a loop has no truth, but it may lead through a tainted zone all the same.
    wire::Answer answer;
    const auto& zone = zones[drawn.zones[deepest_zone(drawn, name)].index];
    auto step = zone.step({name, question.type, question.klass}, answer);
    if (step.outcome != sim::Zone::Outcome::Alias) return false;
    name = std::move(step.target);
  }
  return false;
}

void Liars::begin(sim::World& world, const DrawnWorld& drawn, Dice dice) const {
  for (const auto machine : machines_) {
    const auto intent = intent_of(world, drawn, machine);
    if (intent.servers.empty() || intent.names.empty()) continue;
    const auto share = dice.fraction();
    for (const auto& address : drawn.machines[machine].addresses) {
      auto* host = world.host({address, 53});
      if (host == nullptr) continue;
      host->script = [&world, host, intent, share, own = dice.split()](const wire::Question& asked) mutable {
        auto answer = world.honest(*host, asked);
        if (own.happens(share)) own.one_of(kLies)(answer, asked, intent, own);
        return std::optional(std::move(answer));
      };
    }
  }
}

void add_evil_host(sim::World& world) {
  auto& host = world.add_host(kEvilAddress, sim::Role::Authority);
  host.script = [](const wire::Question& asked) {
    wire::Answer answer;
    answer.authoritative = true;
    answer.answer.push_back(evil(asked.name));
    return std::optional(std::move(answer));
  };
}

}  // namespace shirube::simulation
