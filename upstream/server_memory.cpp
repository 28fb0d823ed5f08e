#include "upstream/server_memory.hpp"

#include <algorithm>

namespace shirube::upstream {

void note_success(Standing& standing) {
  standing.backoff = {};
  standing.down_until = wire::Instant::min();
}

void note_setback(Standing& standing, wire::Instant now, Tells tells) {
  if (tells == Tells::All) ++standing.failures;
  if (standing.down_until > now) return;
  standing.backoff = std::clamp(2 * standing.backoff, kFirstBackoff, kMaxBackoff);
  standing.down_until = now + standing.backoff;
}

void note_case_blind(CaseStanding& standing, Capitals capitals, wire::Instant now) {
  if (capitals != Capitals::BelowZone) {
    standing.zone_blind_until = now + kCaseBlindMemory;
    return;
  }
  standing.blind_until = now + kCaseBlindMemory;
  standing.hints = 0;
}

bool wants_case_check(const CaseStanding& standing, Capitals capitals, wire::Instant now) {
  if (capitals == Capitals::None || standing.is_blind(now)) return false;
  return capitals == Capitals::BelowZone || now >= standing.zone_blind_until;
}

bool note_case_sensitive(CaseStanding& standing, CaseProof proof, wire::Instant now) {
  ++standing.hints;
  if (proof == CaseProof::Hint && standing.hints < kHintsOfCase) return false;
  standing = {.plain_until = now + kCaseSensitiveMemory, .was_sensitive = true};
  return true;
}

void note_case_silent(CaseStanding& standing, wire::Instant now) {
  standing.plain_until = now + kCaseSilentMemory;
}

void note_reply(ServerState& state, wire::Duration took, wire::Instant now) {
  if (!state.measured) {
    state.smoothed_rtt = took;
    state.rtt_variance = took / 2;
    state.measured = true;
  } else {
    const auto off = state.smoothed_rtt > took ? state.smoothed_rtt - took : took - state.smoothed_rtt;
    state.rtt_variance = (3 * state.rtt_variance + off) / 4;
    state.smoothed_rtt = (7 * state.smoothed_rtt + took) / 8;
  }
  state.last_reply = now;
  state.unanswered = 0;
  state.answered = std::max(state.answered, now - took);
  note_success(state);
}

void note_failure(ServerState& state, wire::Instant sent, wire::Instant now, Tells tells) {
  if (state.last_reply >= sent) return;
  ++state.unanswered;
  note_setback(state, now, tells);
}

wire::Duration hedge_after(const ServerState& state, unsigned round, const Pace& pace) {
  const auto base = state.measured ? state.smoothed_rtt + 4 * state.rtt_variance : pace.unknown;
  const auto doubled = std::max(base, pace.least) * (1U << std::min(round, 4U));
  // A slow server gets the time that it needs. An earlier second query would double the cost and not be
  // quicker.
  const auto most = state.measured ? std::max(pace.most, state.smoothed_rtt * 5 / 4) : pace.most;
  return std::min(doubled, most);
}

wire::Duration overdue_after(const ServerState& state, wire::Duration patience) {
  if (!state.measured) return patience;
  const auto usual = state.smoothed_rtt * 5 / 4 + 4 * state.rtt_variance;
  return std::max(patience, std::min(usual, kMostPatience));
}

void ServerMemory::forget_failures() {
  const auto forget = [](Standing& standing) { note_success(standing); };
  servers_.for_each(forget);
  lame_.for_each(forget);
}

}  // namespace shirube::upstream
