// The part of a race that decides about late replies (decision 017): how long each is waited for, and what an
// ICMP error changes.
#include <algorithm>

#include "upstream/server_news.hpp"
#include "upstream/server_race.hpp"

namespace shirube::upstream {
namespace {

// For this time silent servers of unknown speed count as slow, and not as dropping shortened questions.
constexpr wire::Duration kMayBeSlow = std::chrono::milliseconds{2'800};
// After an ICMP error or a malformed reply, which may be forged, the race still waits for the true reply:
// this long if the speed of the server is unknown, else twice its usual time, at most kWordHolds beyond it.
constexpr wire::Duration kHinderedPatience = std::chrono::milliseconds{1'650};
constexpr wire::Duration kLeastHedgeWhileFailing = std::chrono::milliseconds{300};

}  // namespace

// The time until another server, or the same one again, is asked as well.
wire::Duration ServerRace::wait_for(std::size_t index, const Record& record) const {
  auto wait = hedge_after(*record.state, contenders_[index].tries - 1, manner_.pace);
  if (has_quicker(index)) wait = std::min(wait, manner_.pace.beside_quicker);
  if (manner_.remembers_lame) wait = std::min(wait, kMostBeforeNextTry);
  if (record.fails() && manner_.remembers_lame) wait = std::max(wait, kLeastHedgeWhileFailing);
  if (alone(index)) wait = std::max(wait, manner_.pace.retransmit_after);
  return wait;
}

bool ServerRace::has_quicker(std::size_t index) const {
  const auto own = context_.memory.at(contenders_[index].server);
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    if (i == index || !may_be_asked_again(contenders_[i])) continue;
    const auto other = record_of(contenders_[i].server);
    if (other.fails()) continue;
    if (!other.state->measured || 2 * other.state->smoothed_rtt < own.smoothed_rtt) return true;
  }
  return false;
}

std::optional<std::size_t> ServerRace::drop(std::vector<UnderWay>::iterator which) {
  const auto task = which->task;
  if (!which->overdue) --contenders_[which->attempt.server].in_flight;
  under_way_.erase(which);
  return task;
}

// The oldest socket stays open: its reply may still be the first to come.
std::optional<std::size_t> ServerRace::make_room() {
  const auto limit = context_.network.is_crowded() ? kMaxSocketsInCrowd : kMaxSockets;
  if (under_way_.size() < limit) return std::nullopt;
  const auto overdue = std::find_if(under_way_.begin() + 1, under_way_.end(),
                                    [](const UnderWay& attempt) { return attempt.overdue; });
  return drop(overdue == under_way_.end() ? under_way_.begin() : overdue);
}

bool ServerRace::answers_others() const {
  return std::ranges::any_of(contenders_, [this](const Contender& contender) {
    return contender.in_flight > 0 && context_.memory.at(contender.server).answered > contender.first_sent;
  });
}

ServerQuery ServerRace::probe(wire::Question question) const {
  const auto& asked = contenders_[under_way_.back().attempt.server];
  const auto& state = context_.memory.at(asked.server);
  auto form = manner_.form;
  form.edns = context_.network.now() >= state.plain_until;
  form.mix_case = false;  // the probe only checks whether the server answers
  return {.server = asked.server,
          .question = std::move(question),
          .form = form,
          .patience = manner_.patience,
          .reach = asked.reach,
          .zone = zone_,
          .case_check = CaseCheck::Never};
}

std::optional<ServerQuery> ServerRace::patient_probe() const {
  if (!manner_.remembers_lame) return std::nullopt;
  const auto now = context_.network.now();
  for (const auto& contender : contenders_) {
    const auto& state = context_.memory.at(contender.server);
    const bool was_silent =
        contender.failed_before && contender.tries > 0 && !contender.excluded && has_route(contender);
    if (!was_silent || !state.fails() || now < state.probed_patiently + kPatientProbe) continue;
    return ServerQuery{
        .server = contender.server,
        .question = {zone_, wire::Type::SOA},
        .form = {.edns = now >= state.plain_until, .mix_case = false, .recursion_desired = false},
        .patience = kPatientProbe,
        .reach = contender.reach,
        .zone = zone_,
        .case_check = CaseCheck::Never};
  }
  return std::nullopt;
}

// A handshake and the question: twice what a packet may take.
std::optional<wire::Instant> ServerRace::late_with_stream_at() const {
  if (under_way_.empty()) return std::nullopt;
  const auto& newest = under_way_.back();
  const auto since = newest.progress->streams_since;
  if (!since) return std::nullopt;
  const auto wait = hedge_at_ - contenders_[newest.attempt.server].last_sent;
  const auto late = *since + 2 * wait;
  return late > context_.network.now() ? std::optional(late) : std::nullopt;
}

void ServerRace::hedge() {
  ++context_.statistics.hedges;
  contenders_[newest_].late = true;
  const bool measured = record_of(contenders_[newest_].server).state->measured;
  if (measured || context_.network.now() - began_ >= kMayBeSlow) is_late_ = true;
  const bool has_next =
      std::ranges::any_of(contenders_, [this](const Contender& c) { return may_be_asked_again(c); });
  // Old attempts make room for the next one. They do not count as failures, and their sockets stay open.
  while (waited_for() >= kMaxParallelAttempts && has_next) {
    auto& yields = *std::find_if(under_way_.begin() + 1, under_way_.end(),
                                 [](const UnderWay& attempt) { return !attempt.overdue; });
    yields.overdue = true;
    --contenders_[yields.attempt.server].in_flight;
  }
}

void ServerRace::hinder(const Hindered& told) {
  const auto own = std::ranges::find(under_way_, told.attempt.number,
                                     [](const UnderWay& attempt) { return attempt.attempt.number; });
  if (own == under_way_.end()) return;
  auto& mine = contenders_[told.attempt.server];
  const auto now = context_.network.now();
  const auto& state = context_.memory.at(mine.server);
  const auto usual = hedge_after(state, 0, manner_.pace);
  const auto patience = state.measured ? std::min(2 * usual, usual + kWordHolds) : kHinderedPatience;
  mine.hindered_until = std::min(mine.hindered_until, now + patience);
  own->give_up_at = mine.hindered_until;
  mine.excluded = true;
  mine.hindered = true;
  mine.refused_at = now;
  const bool malformed = told.error == ExchangeError::Malformed;
  blame(mine.server, malformed ? Complaint(Misbehaviour::Malformed) : Complaint(told.error));
}

wire::Instant ServerRace::overdue_at() const {
  auto first = wire::Instant::max();
  for (const auto& attempt : under_way_) {
    if (!attempt.overdue) first = std::min(first, attempt.overdue_at());
  }
  return first;
}

bool ServerRace::note_overdue() {
  const auto now = context_.network.now();
  bool any = false;
  for (auto& attempt : under_way_) {
    if (attempt.overdue || attempt.overdue_at() > now) continue;
    any = true;
    attempt.overdue = true;
    auto& contender = contenders_[attempt.attempt.server];
    --contender.in_flight;
    record_failure(context_, contender.server, zone_, attempt.progress->sent, manner_.silence_tells);
    if (!contender.hindered) blame(contender.server, ExchangeError::TimedOut);
  }
  return any;
}

void ServerRace::time_out() {
  failure.out_of_budget = failure.out_of_budget || failure.causes.empty();
  for (const auto& contender : contenders_) {
    if (contender.in_flight != 0) blame(contender.server, ExchangeError::TimedOut);
  }
}

wire::Instant ServerRace::look_again_at() const {
  const bool may_recover = waits_for_probe_ || std::ranges::any_of(contenders_, [](const Contender& c) {
                             return c.excluded || c.failed_before || c.tries > kTriesWhileFailing;
                           });
  return may_recover ? context_.network.now() + kProbeRecheck : wire::Instant::max();
}

bool ServerRace::alone(std::size_t index) const {
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    if (i != index && !contenders_[i].excluded) return false;
  }
  return true;
}

}  // namespace shirube::upstream
