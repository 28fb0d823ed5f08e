#include "tests/simulation/description.hpp"

#include <fmt/format.h>

#include "tests/simulation/judge.hpp"
#include "wire/presentation.hpp"

namespace shirube::simulation {

namespace {

[[nodiscard]] std::string to_text(const Security& security) {
  const struct {
    bool holds;
    std::string_view word;
  } words[]{{security.trust == Trust::Secure, "secure"},
            {security.trust == Trust::Bogus, "bogus"},
            {security.is_signed, "signed"},
            {security.has_ds, "DS"},
            {!security.supported, "unsupported"},
            {security.broken, "broken"},
            {security.gaps, "opt-out"},
            {security.vague, "iterations"},
            {security.compact, "compact"},
            {security.hampered, "hampered"}};
  std::string text;
  for (const auto& [holds, word] : words) {
    if (holds) text += fmt::format(", {}", word);
  }
  if (security.spoilt)
    text +=
        fmt::format(", spoilt {} {}", security.spoilt->owner.text(), wire::to_text(security.spoilt->type));
  return text;
}

}  // namespace

void describe(const sim::World& world, const DrawnWorld& drawn, const Trace& trace) {
  for (const auto& zone : drawn.zones) {
    std::string servers;
    for (const auto machine : zone.machines) {
      for (const auto& address : drawn.machines[machine].addresses) servers += " " + address.text();
    }
    trace(fmt::format("; zone {} at{}{}", zone.apex.text(), servers, to_text(zone.security)));
    for (const auto& [owner, node] : world.zones()[zone.index].nodes()) {
      for (const auto& rrset : node) {
        for (const auto rdata : rrset.rdatas) {
          trace(fmt::format("{} {} {} {}", owner.text(), rrset.ttl, wire::to_text(rrset.type),
                            wire::rdata_text(rrset.type, rdata)));
        }
      }
    }
  }
  for (const auto& question : drawn.questions) trace("; question " + to_text(question));
}

void describe(const std::deque<Asked>& asked, const Trace& trace) {
  for (const auto& one : asked) {
    const auto when = std::chrono::duration<double>(one.when.time_since_epoch()).count();
    const auto waited = std::chrono::duration<double>(one.client->waited).count();
    trace(fmt::format("; {:.6f} {} after {:.6f}: {}", when, to_text(one.question), waited,
                      one.client->got ? to_text(one.client->got->answer) : "nothing"));
  }
}

}  // namespace shirube::simulation
