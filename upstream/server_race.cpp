#include "upstream/server_race.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "upstream/authority_reply.hpp"

namespace shirube::upstream {
namespace {

// A forwarder's reply that takes longer has been lost; the next try finds the answer ready.
constexpr wire::Duration kForwarderPatience = std::chrono::seconds{6};
constexpr unsigned kForwarderTries = 3;
// An authority does not walk anywhere: what takes longer was lost, and its socket is needed for the next try.
constexpr wire::Duration kAuthorityPatience = std::chrono::milliseconds{1'500};
// A zone of few servers gets its tries there, one of many over all of them.
constexpr unsigned kAuthorityTriesInAll = 16;
constexpr unsigned kMaxAuthorityTries = 8;
constexpr unsigned kMinAuthorityTries = 2;
// Who failed before the race began has to show itself.
constexpr unsigned kTriesWhileFailing = 2;
constexpr wire::Duration kProbePatience = std::chrono::milliseconds{600};
constexpr wire::Duration kLeastHedgeWhileFailing = std::chrono::milliseconds{300};
// Name servers of a delegation with all their addresses.
constexpr std::size_t kMaxContenders = 13 * 4 * 2;

}  // namespace

RaceManner forwarder_manner(bool checking_disabled) {
  return {.pace = kForwarderPace,
          .form = {.checking_disabled = checking_disabled},
          .patience = kForwarderPatience,
          .max_tries = kForwarderTries};
}

RaceManner authority_manner() {
  return {.pace = kAuthorityPace,
          .form = {.recursion_desired = false},
          .patience = kAuthorityPatience,
          .max_tries = kMaxAuthorityTries,
          .remembers_lame = true};
}

void ServerRace::add(const wire::Endpoint& server) {
  const bool known = std::ranges::find(contenders_, server, &Contender::server) != contenders_.end();
  if (known || contenders_.size() >= kMaxContenders) return;
  Contender contender{.server = server};
  contender.failures_before = failures(contender);
  contenders_.push_back(contender);
}

bool ServerRace::fails(const Contender& contender) const {
  if (context_.memory.at(contender.server).fails()) return true;
  const auto* lame = context_.memory.find_lameness(zone_, contender.server);
  return lame != nullptr && lame->fails();
}

std::uint32_t ServerRace::failures(const Contender& contender) const {
  const auto* lame = context_.memory.find_lameness(zone_, contender.server);
  return context_.memory.at(contender.server).failures + (lame == nullptr ? 0 : lame->failures);
}

bool ServerRace::is_probed_by_others(const Contender& contender) const {
  return fails(contender) && contender.in_flight == 0 &&
         context_.network.now() < context_.memory.at(contender.server).probed + kProbeInterval;
}

unsigned ServerRace::tries_allowed(const Contender& contender) const {
  if (!manner_.remembers_lame) return manner_.max_tries;
  if (fails(contender)) return kTriesWhileFailing;
  const auto share = kAuthorityTriesInAll / static_cast<unsigned>(contenders_.size());
  return std::clamp(share, kMinAuthorityTries, manner_.max_tries);
}

// Others probed it since this race began, and it failed them as well.
void ServerRace::give_up_on_known_failures() {
  for (auto& contender : contenders_) {
    if (contender.excluded || contender.tries > 0 || !fails(contender)) continue;
    if (failures(contender) == contender.failures_before) continue;
    contender.excluded = true;
    failure.add({zone_, contender.server, Obstacle::KnownDown});
  }
}

std::optional<std::size_t> ServerRace::choose() {
  waits_for_probe_ = false;
  if (in_flight_ >= kMaxParallelAttempts) return std::nullopt;
  if (manner_.remembers_lame) give_up_on_known_failures();
  std::vector<ServerState> states;
  std::vector<Standing> lame;
  std::vector<Candidate> candidates(contenders_.size());
  states.reserve(contenders_.size());
  lame.reserve(contenders_.size());
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    const auto& contender = contenders_[i];
    states.push_back(context_.memory.at(contender.server));
    const auto* lameness = context_.memory.find_lameness(zone_, contender.server);
    lame.push_back(lameness == nullptr ? Standing{} : *lameness);
    bool excluded = contender.excluded || contender.tries >= tries_allowed(contender);
    if (!excluded && manner_.remembers_lame && is_probed_by_others(contender)) {
      waits_for_probe_ = true;
      excluded = true;
    }
    candidates[i] = {&states[i], contender.tries, excluded, &lame[i]};
  }
  return choose_server(candidates, manner_.max_tries, context_.network.now(), context_.network);
}

// The last try of a server that never showed EDNS goes without it: some middleboxes drop what they do not
// know.
ServerQuery ServerRace::start(std::size_t index, const wire::Question& question) {
  auto& mine = contenders_[index];
  auto& state = context_.memory.at(mine.server);
  const bool failing = fails(mine);
  if (failing) state.probed = context_.network.now();
  ++mine.tries;
  ++mine.in_flight;
  ++in_flight_;
  mine.last_sent = context_.network.now();
  auto form = manner_.form;
  const bool last_try = mine.tries >= std::min(tries_allowed(mine), kForwarderTries);
  form.edns = mine.last_sent >= state.plain_until && (state.edns_worked || !last_try);
  form.mix_case = !state.loses_case;
  auto wait = hedge_after(state, mine.tries - 1, manner_.pace);
  if (failing && manner_.remembers_lame) wait = std::max(wait, kLeastHedgeWhileFailing);
  if (alone(index)) wait = std::max(wait, manner_.pace.retransmit_after);
  hedge_at_ = mine.last_sent + wait;
  newest_ = index;
  const bool probes = failing && manner_.remembers_lame;
  return {mine.server, question, form, probes ? kProbePatience : manner_.patience};
}

void ServerRace::hedge() {
  ++context_.statistics.hedges;
  contenders_[newest_].late = true;
}

std::optional<ReplyContent> ServerRace::take(Attempted got) {
  auto& mine = contenders_[got.server];
  --mine.in_flight;
  --in_flight_;
  if (auto* content = std::get_if<ReplyContent>(&got.outcome)) return std::move(*content);
  if (std::holds_alternative<OutOfBudget>(got.outcome)) {
    failure.out_of_budget = true;
    mine.excluded = true;
    return std::nullopt;
  }
  auto& complained = std::get<Complained>(got.outcome);
  std::ranges::move(complained.errors, std::back_inserter(failure.from_peer));
  reject(got.server, complained.complaint);
  return std::nullopt;
}

// Others answered first: who was late and has said nothing since is asked later next time.
void ServerRace::accept(std::size_t index) {
  if (auto* lame = context_.memory.find_lameness(zone_, contenders_[index].server)) note_success(*lame);
  for (const auto& contender : contenders_) {
    if (contender.in_flight == 0 || !contender.late) continue;
    note_failure(context_.memory.at(contender.server), contender.last_sent, context_.network.now());
  }
}

// A lost packet says nothing about the next one; all else is the server's word.
void ServerRace::reject(std::size_t index, Complaint complaint) {
  auto& mine = contenders_[index];
  const auto* error = std::get_if<ExchangeError>(&complaint);
  if (error == nullptr) heard_refusal_ = true;
  if (error == nullptr || *error != ExchangeError::TimedOut) mine.excluded = true;
  if (manner_.remembers_lame && is_lame(complaint))
    note_setback(context_.memory.lameness(zone_, mine.server), context_.network.now());
  failure.add({zone_, mine.server, complaint});
}

void ServerRace::time_out() {
  for (const auto& contender : contenders_) {
    if (contender.in_flight != 0) failure.add({zone_, contender.server, ExchangeError::TimedOut});
  }
}

wire::Instant ServerRace::look_again_at() const {
  return waits_for_probe_ ? context_.network.now() + kProbeRecheck : wire::Instant::max();
}

bool ServerRace::alone(std::size_t index) const {
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    if (i != index && !contenders_[i].excluded) return false;
  }
  return true;
}

}  // namespace shirube::upstream
