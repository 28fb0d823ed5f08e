#include "tests/simulation/expectation.hpp"

#include <algorithm>

#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using sim::Zone;

[[nodiscard]] bool exists(const Zone& zone, const wire::Name& name) {
  return zone.nodes().contains(name) || zone.is_empty_non_terminal(name);
}

// DS is the parent's to tell.
[[nodiscard]] const DrawnZone& answering_zone(const DrawnWorld& drawn, const wire::Question& question) {
  const auto& deepest = drawn.zones[deepest_zone(drawn, question.name)];
  const bool above = question.type == wire::Type::DS && deepest.apex == question.name && deepest.parent;
  return above ? drawn.zones[*deepest.parent] : deepest;
}

// What one zone says of one link.
void take(Expectation& expectation, const Security& security, const Zone& zone, const wire::Question& asked,
          const wire::Answer& said) {
  const bool is_certain =
      std::ranges::any_of(said.answer, [&](const wire::RRset& rrset) { return exists(zone, rrset.owner); });
  expectation.bogus = expectation.bogus || security.trust == Trust::Bogus;
  expectation.hampered = expectation.hampered || security.hampered;
  expectation.compact = expectation.compact || security.compact;
  // Nothing keeps a gap from hiding a delegation, nor a hash that nobody computes from hiding a name.
  const bool is_left_out = asked.type == wire::Type::DS || !exists(zone, asked.name);
  const bool in_gap = security.gaps && !is_certain && is_left_out;
  if (security.trust != Trust::Secure || in_gap || (security.vague && !is_certain))
    expectation.may_be_authentic = expectation.must_be_authentic = false;
  // Where a denial proves nothing, a name may be a zone that nobody signed: data without signatures pass.
  const bool may_be_stripped = security.vague || security.below_vague;
  if (may_be_stripped) expectation.must_be_authentic = false;
  if (security.trust == Trust::Insecure || in_gap || may_be_stripped) expectation.forgeable = true;
  if (!security.spoilt || security.trust != Trust::Secure) return;
  for (const auto& rrset : said.answer) {
    const bool is_stored = zone.nodes().contains(rrset.owner);
    const auto owner = is_stored ? rrset.owner : below("*.wild", zone.apex());
    if (owner == security.spoilt->owner && rrset.type == security.spoilt->type) expectation.bogus = true;
  }
}

}  // namespace

Expectation expect(const DrawnWorld& drawn, const std::vector<Zone>& zones, const wire::Question& question) {
  Expectation expectation;
  auto asked = question;
  for (std::size_t links = 0; links <= sim::kMaxAliases; ++links) {
    const auto& drawn_zone = answering_zone(drawn, asked);
    const auto& zone = zones[drawn_zone.index];
    wire::Answer said;
    auto step = zone.step(asked, said, sim::Proofs::LeftOut);
    take(expectation, drawn_zone.security, zone, asked, said);
    if (step.outcome == Zone::Outcome::Referral) expectation.must_be_authentic = false;
    if (step.outcome != Zone::Outcome::Alias) break;
    asked.name = std::move(step.target);
  }
  return expectation;
}

}  // namespace shirube::simulation
