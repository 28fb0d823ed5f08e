#include "sim/recursor.hpp"

#include <ranges>
#include <utility>

namespace shirube::sim {
namespace {

[[nodiscard]] wire::Answer failure() {
  wire::Answer answer;
  answer.rcode = wire::Rcode::ServFail;
  return answer;
}

}  // namespace

wire::Answer resolve(std::span<const Zone> zones, const wire::Question& question) {
  const auto candidates = zones | std::views::transform([](const Zone& zone) { return &zone; });
  wire::Answer answer;
  auto asked = question;
  for (std::size_t links = 0; links <= kMaxAliases; ++links) {
    const auto* zone = closest_zone(candidates, asked);
    if (zone == nullptr) return failure();
    auto step = zone->step(asked, answer);
    switch (step.outcome) {
      case Zone::Outcome::Answered:
        return answer;
      case Zone::Outcome::Referral:
        return failure();
      case Zone::Outcome::Alias:
        asked.name = std::move(step.target);
        break;
    }
  }
  return failure();
}

}  // namespace shirube::sim
