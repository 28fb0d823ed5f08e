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
[[nodiscard]] std::size_t answering_zone(const DrawnWorld& drawn, const wire::Question& question) {
  const auto deepest = deepest_zone(drawn, question.name);
  const auto& zone = drawn.zones[deepest];
  const bool above = question.type == wire::Type::DS && zone.apex == question.name && zone.parent;
  return above ? *zone.parent : deepest;
}

// Is the RRset in the answer that does not validate?
[[nodiscard]] bool holds(const wire::Answer& said, const Zone& zone, const sim::RRsetKey& spoilt) {
  return std::ranges::any_of(said.answer, [&](const wire::RRset& rrset) {
    const bool is_stored = zone.nodes().contains(rrset.owner);
    const auto owner = is_stored ? rrset.owner : below("*.wild", zone.apex());
    return owner == spoilt.owner && rrset.type == spoilt.type;
  });
}

// One link of the chain of aliases: what is asked, what the zone says, and whether somebody lies about it.
struct Link {
  const Zone& zone;
  const wire::Question& asked;
  const wire::Answer& said;
  bool is_tainted;
};

void take(Expectation& expectation, const Security& security, const Link& link) {
  const auto& zone = link.zone;
  const bool is_secure = security.trust == Trust::Secure;
  const bool is_certain = std::ranges::any_of(
      link.said.answer, [&](const wire::RRset& rrset) { return exists(zone, rrset.owner); });
  expectation.hampered = expectation.hampered || security.hampered;
  expectation.compact = expectation.compact || security.compact;
  // Nothing keeps a gap from hiding a delegation, nor a hash that nobody computes from hiding a name.
  const bool is_left_out = link.asked.type == wire::Type::DS || !exists(zone, link.asked.name);
  const bool in_gap = security.gaps && !is_certain && is_left_out;
  if (!is_secure || in_gap || (security.vague && !is_certain))
    expectation.may_be_authentic = expectation.must_be_authentic = false;
  // Where a denial proves nothing (RFC 9276 §3.2), a name may be a zone that nobody signed: data without
  // signatures pass.
  const bool may_be_stripped = (is_secure && security.vague) || security.doubtful;
  if (may_be_stripped) expectation.must_be_authentic = false;
  const bool is_protected =
      security.trust != Trust::Insecure && !in_gap && !may_be_stripped && !security.below_vague;
  expectation.forged = expectation.forged || (link.is_tainted && !is_protected);
  const bool is_spoilt = security.spoilt && is_secure && holds(link.said, zone, *security.spoilt);
  if (is_spoilt) expectation.may_be_authentic = false;
  if (is_spoilt || expectation.forged) expectation.must_be_authentic = false;
  // Whom a lie leads elsewhere does not come by here.
  if (expectation.forged) return;
  // Signatures need not be stripped by liars: servers that are asked without EDNS leave them out.
  if (security.trust == Trust::Bogus) (security.doubtful ? expectation.doubtful : expectation.bogus) = true;
  if (is_spoilt) (in_gap || may_be_stripped ? expectation.doubtful : expectation.bogus) = true;
}

}  // namespace

Expectation expect(const DrawnWorld& drawn, const Liars& liars, const std::vector<Zone>& zones,
                   const wire::Question& question) {
  Expectation expectation;
  auto asked = question;
  for (std::size_t links = 0; links <= sim::kMaxAliases; ++links) {
    const auto which = answering_zone(drawn, asked);
    const auto& zone = zones[drawn.zones[which].index];
    wire::Answer said;
    auto step = zone.step(asked, said, sim::Proofs::LeftOut);
    take(expectation, drawn.zones[which].security, {zone, asked, said, liars.is_tainted(which)});
    // To zones that nobody signs, and nobody serves.
    if (step.outcome == Zone::Outcome::Referral) {
      expectation.may_be_authentic = expectation.must_be_authentic = false;
      expectation.forged = expectation.forged || liars.is_tainted(which);
    }
    if (step.outcome != Zone::Outcome::Alias) break;
    asked.name = std::move(step.target);
  }
  return expectation;
}

}  // namespace shirube::simulation
