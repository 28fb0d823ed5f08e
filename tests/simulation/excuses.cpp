#include "tests/simulation/excuses.hpp"

#include <utility>

namespace shirube::simulation {
namespace {

// Must a denial come with proofs to be believed?
[[nodiscard]] bool is_protected(const Security& security, cache::View view) {
  const bool proves_nothing = security.vague || security.below_vague || security.doubtful;
  return view == cache::View::Checked && security.trust != Trust::Insecure && !proves_nothing;
}

}  // namespace

Excuses excuses(const DrawnWorld& drawn, const Habits& habits, const std::vector<sim::Zone>& zones,
                const wire::Question& question, cache::View view) {
  Excuses excuses;
  auto asked = question;
  wire::Answer said;
  for (std::size_t links = 0; links <= sim::kMaxAliases; ++links) {
    const auto which = deepest_zone(drawn, asked.name);
    const auto& its = habits.of(which);
    const bool is_aaaa = asked.type == wire::Type::AAAA;
    excuses.has_late = excuses.has_late || its.has_late || (is_aaaa && its.has_silent_for_aaaa);
    const bool is_late = is_aaaa ? its.is_late_for_aaaa : its.is_late;
    excuses.is_late = excuses.is_late || is_late;
    excuses.may_fail = excuses.may_fail || (is_late && its.is_fleeting);
    if (is_aaaa) {
      const auto& security = drawn.zones[which].security;
      const bool is_safe = is_protected(security, view);
      const bool is_insecure = security.trust == Trust::Insecure;
      excuses.may_fail = excuses.may_fail || (is_insecure ? its.may_fail_aaaa : its.may_fail_honest_aaaa);
      if (its.may_deny_aaaa && !is_safe) {
        auto& denial = excuses.denials.emplace_back(said);
        denial.rcode = wire::Rcode::NxDomain;
      }
    }
    auto step = zones[drawn.zones[which].index].step(asked, said, sim::Proofs::LeftOut);
    if (step.outcome != sim::Zone::Outcome::Alias) break;
    asked.name = std::move(step.target);
  }
  return excuses;
}

}  // namespace shirube::simulation
