// The part of a race that decides on random or plain case for a server (decision 016).
#include <algorithm>

#include "upstream/case_check.hpp"
#include "upstream/server_news.hpp"
#include "upstream/server_race.hpp"

namespace shirube::upstream {
namespace {

// Behind a forwarder of all names a domain of so many labels is asked in plain case, and not its whole
// top-level domain: otherwise the owner of one domain could switch random case off for all others beside it.
constexpr std::size_t kLabelsOfForwardScope = 2;

}  // namespace

// All have failed. A server that compares names with case may have failed because of random case.
std::optional<std::size_t> ServerRace::choose_for_plain() {
  if (!manner_.checks_case) return std::nullopt;
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    auto& contender = contenders_[i];
    if (!contender.wants_plain || contender.tried_plain || !has_route(contender)) continue;
    contender.excluded = false;
    contender.tried_plain = true;
    return i;
  }
  return std::nullopt;
}

wire::Name ServerRace::case_scope(const wire::Name& asked) const {
  if (!manner_.form.recursion_desired) return {};
  if (!zone_.is_root()) return zone_;
  return asked.suffix(std::min(asked.label_count(), kLabelsOfForwardScope));
}

CaseCheck ServerRace::case_check() const {
  if (zone_.is_root() && !manner_.form.recursion_desired) return CaseCheck::Never;
  return manner_.checks_case ? CaseCheck::AtOnce : CaseCheck::Later;
}

// The standing that tells whether names like `asked` need a check.
const CaseStanding& ServerRace::check_standing(const wire::Name& asked, const wire::Endpoint& server) const {
  return context_.memory.known_case_standing(case_zone({case_knowledge(), zone_, asked}), server);
}

bool ServerRace::mixes_case(Contender& contender, const wire::Name& asked) const {
  contender.mixed = false;
  const auto& settings = *context_.settings;
  const auto& standing = context_.memory.known_case_standing(case_scope(asked), contender.server);
  const auto now = context_.network.now();
  const bool exempt = std::ranges::any_of(settings.case_exempt, [&](const wire::Prefix& prefix) {
    return prefix.contains(contender.server.address);
  });
  if (!settings.case_randomisation || exempt || now < standing.plain_until) return false;
  if (context_.memory.at(contender.server).loses_case) return false;
  contender.mixed = !check_standing(asked, contender.server).is_blind(now) && has_letters(asked);
  if (!contender.mixed || !manner_.checks_case) return true;
  // It failed on a name in random case, or was silent.
  const bool was_silent = !contender.tried_plain && contender.tries == 2;
  contender.was_silent = contender.was_silent || (was_silent && !contender.wants_plain);
  contender.tried_plain = contender.tried_plain || was_silent;
  contender.mixed = !contender.tried_plain;
  return contender.mixed;
}

// It answers in plain case and failed in random case. This is only a hint: chance or a forger may be the
// cause.
void ServerRace::note_case_hint(const Contender& contender) {
  const auto now = context_.network.now();
  if (!contender.hints_at_case || check_standing(asked_, contender.server).is_blind(now)) return;
  record_case_sensitive(context_, contender.server, case_scope(asked_), CaseProof::Hint);
}

}  // namespace shirube::upstream
