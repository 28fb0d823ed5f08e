#include "tests/simulation/liars.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/recursor.hpp"
#include "tests/simulation/lies.hpp"

namespace shirube::simulation {
namespace {

using wire::Type;

[[nodiscard]] Intent intent_of(const sim::World& world, const DrawnWorld& drawn, std::size_t machine) {
  Intent intent;
  intent.world = &world;
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
  constexpr unsigned kStranger = 7;
  intent.stranger = std::make_shared<sim::Signer>(
      intent.own, sim::Signing{.algorithm = dnssec::Algorithm::Ed25519, .generation = kStranger});
  return intent;
}

}  // namespace

Liars::Liars(const DrawnWorld& drawn, Dice dice)
    : are_many_(dice.happens(0.4)), tainted_(drawn.zones.size()) {
  const auto share = are_many_ ? 0.8 : 0.15;
  for (std::size_t i = 0; i < drawn.machines.size(); ++i) {
    if (!drawn.machines[i].serves_many && dice.happens(share)) machines_.push_back(i);
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
    auto step = zone.step({name, question.type, question.klass}, answer, sim::Proofs::LeftOut);
    if (step.outcome != sim::Zone::Outcome::Alias) return false;
    name = std::move(step.target);
  }
  return false;
}

void Liars::begin(sim::World& world, const DrawnWorld& drawn, Dice dice) const {
  for (const auto machine : machines_) {
    auto intent = intent_of(world, drawn, machine);
    if (intent.servers.empty() || intent.names.empty()) continue;
    const auto share = are_many_ ? 1.0 - dice.fraction() / 2 : dice.fraction();
    const auto about_signatures = drawn.settings.trust.validates() ? dice.fraction() : 0.0;
    for (const auto& address : drawn.machines[machine].addresses) {
      auto* host = world.host({address, 53});
      if (host == nullptr) continue;
      intent.host = host;
      host->script = [&world, host, intent, share, about_signatures,
                      own = dice.split()](const wire::Question& asked) mutable {
        auto answer = world.honest(*host, asked);
        if (own.happens(share)) {
          const auto lies = own.happens(about_signatures) ? lies_about_signatures() : lies_about_others();
          own.pick(lies)(answer, asked, intent, own);
        }
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
