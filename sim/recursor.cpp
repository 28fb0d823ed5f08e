#include "sim/recursor.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace shirube::sim {
namespace {

[[nodiscard]] wire::Answer failure() {
  wire::Answer answer;
  answer.rcode = wire::Rcode::ServFail;
  return answer;
}

// Where a walk for `name` begins: the zone with the shortest apex, as the root's is.
[[nodiscard]] const Zone* topmost(std::span<const Zone> zones, const wire::Name& name) {
  const Zone* top = nullptr;
  for (const auto& zone : zones) {
    if (name.is_within(zone.apex()) && (top == nullptr || zone.apex().size() < top->apex().size()))
      top = &zone;
  }
  return top;
}

[[nodiscard]] const Zone* zone_at(std::span<const Zone> zones, const wire::Name& apex) {
  const auto found = std::ranges::find(zones, apex, &Zone::apex);
  return found == zones.end() ? nullptr : &*found;
}

// Down the delegations to the zone that answers; nullopt when one leads nowhere. What zones on the way say
// does not stay in the answer.
[[nodiscard]] std::optional<Zone::Step> walk(std::span<const Zone> zones, const wire::Question& question,
                                             wire::Answer& into, Proofs proofs) {
  const auto authorities = into.authority.size();
  const auto additionals = into.additional.size();
  for (const auto* zone = topmost(zones, question.name); zone != nullptr;) {
    auto step = zone->step(question, into, proofs);
    if (step.outcome != Zone::Outcome::Referral) return step;
    zone = zone_at(zones, into.authority[authorities].owner);
    into.authority.resize(authorities);
    into.additional.resize(additionals);
  }
  return std::nullopt;
}

}  // namespace

wire::Answer resolve(std::span<const Zone> zones, const wire::Question& question, Proofs proofs) {
  wire::Answer answer;
  auto asked = question;
  for (std::size_t links = 0; links <= kMaxAliases; ++links) {
    auto step = walk(zones, asked, answer, proofs);
    if (!step) return failure();
    if (step->outcome == Zone::Outcome::Answered) return answer;
    asked.name = std::move(step->target);
  }
  return failure();
}

}  // namespace shirube::sim
