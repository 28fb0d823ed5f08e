#include "upstream/server_race.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "upstream/authority_reply.hpp"
#include "upstream/case_check.hpp"
#include "upstream/server_news.hpp"

namespace shirube::upstream {
namespace {

// A forwarder's reply that takes longer has been lost; the next try finds the answer ready.
constexpr wire::Duration kForwarderPatience = std::chrono::seconds{6};
constexpr unsigned kForwarderTries = 10;
// How long a race still waits for a dead forwarder after another forwarder has failed. Bounds the delay of
// each SERVFAIL while one of two forwarders is dead.
constexpr wire::Duration kBesideRefusal = std::chrono::milliseconds{100};
// Queries without a reply after which a server that answered before counts as dead: one may be for a slow
// name.
constexpr std::uint32_t kUnansweredWhenDead = 2;
// From this try on a server that never showed EDNS is asked without: some middleboxes drop what they do not
// know.
constexpr unsigned kPlainFromTry = 3;
// An authority asks no other server: a reply that takes longer was probably lost.
constexpr wire::Duration kAuthorityPatience = std::chrono::milliseconds{1'500};
// A lookup sends its last query so long before its end. The failure that others remember is then no older.
constexpr wire::Duration kLastTryBeforeEnd = std::chrono::milliseconds{600};
// If a query went out within this time before, the last one is not sent.
constexpr wire::Duration kLeastBeforeLastTry = std::chrono::milliseconds{200};
// A zone of few servers gets its tries there, one of many over all of them.
constexpr unsigned kAuthorityTriesInAll = 16;
constexpr unsigned kMaxAuthorityTries = 8;
constexpr unsigned kMinAuthorityTries = 2;
constexpr wire::Duration kProbePatience = std::chrono::milliseconds{600};
// The name servers of a delegation with all their addresses of both families.
constexpr std::size_t kMaxContenders = kMaxNameServers * kMaxAddressesPerServer * 2;

// What every server has understood since RFC 1035. To another type some answer NOTIMP or REFUSED that serve
// the zone well.
[[nodiscard]] bool is_known_to_all(wire::Type type) {
  constexpr std::array kTypes{wire::Type::A, wire::Type::NS, wire::Type::SOA, wire::Type::MX,
                              wire::Type::PTR};
  return std::ranges::find(kTypes, type) != kTypes.end();
}

[[nodiscard]] bool is_known_dead(const ServerState& state) {
  return state.fails() && (!state.measured || state.unanswered >= kUnansweredWhenDead);
}

}  // namespace

RaceManner forwarder_manner(bool checking_disabled) {
  return {.pace = kForwarderPace,
          .form = {.checking_disabled = checking_disabled},
          .patience = kForwarderPatience,
          .max_tries = kForwarderTries};
}

RaceManner authority_manner(wire::Type type, bool whole) {
  return {.pace = kAuthorityPace,
          .form = {.recursion_desired = false},
          .patience = kAuthorityPatience,
          .max_tries = kMaxAuthorityTries,
          .remembers_lame = true,
          .notes_lame = whole && is_known_to_all(type),
          .silence_tells = is_known_to_all(type) ? Tells::All : Tells::OneType,
          .checks_case = whole};
}

void ServerRace::add(const wire::Endpoint& server, Reach reach) {
  const bool known = std::ranges::find(contenders_, server, &Contender::server) != contenders_.end();
  const bool avoided = std::ranges::find(context_.avoided, server) != context_.avoided.end();
  if (known || avoided || contenders_.size() >= kMaxContenders) return;
  const auto record = record_of(server);
  contenders_.push_back({.server = server,
                         .reach = reach,
                         .failures_before = record.failures(),
                         .failed_before = record.fails()});
}

ServerRace::Record ServerRace::record_of(const wire::Endpoint& server) const {
  auto& state = context_.memory.at(server);
  return {&state, manner_.remembers_lame ? context_.memory.find_lameness(zone_, server) : nullptr};
}

bool ServerRace::has_route(const Contender& contender) const {
  return contender.reach == Reach::Always || context_.network.has_route(contender.server.address.family);
}

bool ServerRace::is_probed_by_others(const Contender& contender, const Record& record) const {
  return manner_.remembers_lame && record.fails() && contender.in_flight == 0 &&
         context_.network.now() < record.failing().probed + kProbeInterval;
}

// After another forwarder has failed, a dead one gets one packet from all lookups together.
bool ServerRace::had_its_probe(const Contender& contender, const Record& record) const {
  if (!may_settle() || !is_known_dead(*record.state)) return false;
  return contender.tries > 0 || context_.network.now() < record.state->probed + kProbeInterval;
}

// The ForwarderWatch finds out whether a dead forwarder is back: no client's lookup begins at it.
bool ServerRace::is_behind_living(const Record& record) const {
  if (manner_.remembers_lame || !is_known_dead(*record.state)) return false;
  return std::ranges::any_of(contenders_, [this](const Contender& other) {
    return other.tries == 0 && !other.excluded && !is_known_dead(*record_of(other.server).state);
  });
}

wire::Instant ServerRace::settled_at() const {
  if (!may_settle()) return wire::Instant::max();
  const bool hopes = std::ranges::any_of(contenders_, [this](const Contender& contender) {
    return !contender.excluded && !is_known_dead(*record_of(contender.server).state);
  });
  return hopes ? wire::Instant::max() : refused_since_ + kBesideRefusal;
}

unsigned ServerRace::tries_allowed(const Contender& contender) const {
  if (!manner_.remembers_lame) return manner_.max_tries;
  if (contender.failed_before) return kTriesWhileFailing;
  const auto share = kAuthorityTriesInAll / static_cast<unsigned>(contenders_.size());
  return std::clamp(share, kMinAuthorityTries, manner_.max_tries);
}

// How long a refusal bars the next try. A server that is alone is asked again only while its hindrance lasts,
// and not before its usual time is over: the reply to the first try may be on its way.
wire::Duration ServerRace::word_holds(const Contender& contender, const Record& record) const {
  const bool awaits_others = std::ranges::any_of(
      contenders_, [&](const Contender& c) { return &c != &contender && c.in_flight > 0; });
  if (awaits_others) return contender.refusal_holds();
  if (!contender.hindered || context_.network.now() >= contender.hindered_until) return wire::Duration::max();
  const auto usual = record.state->measured ? hedge_after(*record.state, 0, manner_.pace) : wire::Duration{};
  return std::clamp(usual, kWordHolds, kMostBeforeNextTry);
}

// What others learn about a server while this race goes on counts here, too.
void ServerRace::reconsider(Contender& contender, const Record& record) {
  if (contender.set_aside) return;
  const auto now = context_.network.now();
  if (!record.fails()) contender.failed_before = false;
  if (contender.excluded) {
    // A hindrance may be forged. A refusal is the server's own word, and replies to other lookups, which may
    // be refusals as well, do not change it at once: such lookups would make each other ask without end.
    const bool has_settled = contender.hindered || now - contender.refused_at >= contender.refusal_holds();
    const bool serves_others =
        !record.fails() && record.state->last_reply > contender.refused_at && has_settled;
    const bool may_have_changed = now - contender.refused_at >= word_holds(contender, record);
    if (!serves_others && !may_have_changed) return;
    contender.excluded = false;
    contender.hindered = false;
    contender.failures_before = record.failures();
  }
  // Its tries are used up, but it has answered others since: its packets were lost, it is not.
  const bool lives = !record.fails() && record.state->last_reply > contender.last_sent;
  if (manner_.remembers_lame && lives && contender.tries >= tries_allowed(contender)) contender.tries = 1;
  const bool others_failed =
      record.fails() && record.failures() >= contender.failures_before + kTriesWhileFailing;
  if (!manner_.remembers_lame || contender.tries > 0 || !others_failed) return;
  contender.excluded = true;
  contender.refused_at = now;
  blame(contender.server, Obstacle::KnownDown);
}

std::optional<std::size_t> ServerRace::choose() {
  waits_for_probe_ = false;
  if (!has_room()) return std::nullopt;
  // An address that was found meanwhile need not wait until one of the others is late.
  const bool only_untried = waited_for() >= kMaxParallelAttempts;
  std::vector<Candidate> candidates;
  candidates.reserve(contenders_.size());
  for (auto& contender : contenders_) {
    const auto record = record_of(contender.server);
    reconsider(contender, record);
    const bool is_barred = only_untried && contender.tries > 0;
    bool excluded = is_barred || !may_be_asked_again(contender) || !has_route(contender);
    if (!excluded && is_probed_by_others(contender, record)) {
      waits_for_probe_ = true;
      excluded = true;
    }
    if (had_its_probe(contender, record) || is_behind_living(record)) excluded = true;
    candidates.push_back({record.state, contender.tries, excluded, record.lameness});
  }
  auto chosen = choose_server(candidates, manner_.max_tries, context_.network.now(), context_.network);
  // A forwarder that is waited for may be dead: the living one is not held up by it.
  const bool others_are_heard = idle() || !manner_.remembers_lame;
  if (!chosen && others_are_heard && !waits_for_probe_) chosen = choose_for_plain();
  return chosen;
}

ServerRace::Start ServerRace::start(std::size_t index, const wire::Question& question, wire::Instant ends) {
  auto& mine = contenders_[index];
  const auto record = record_of(mine.server);
  auto& state = *record.state;
  const bool failing = record.fails();
  if (failing) record.failing().probed = context_.network.now();
  ++mine.tries;
  ++mine.in_flight;
  const Attempt attempt{index, attempts_++};
  const auto gives_way = make_room();
  under_way_.push_back({attempt, std::nullopt, std::make_unique<Progress>()});
  mine.last_sent = failure.last_sent = context_.network.now();
  began_ = std::min(began_, mine.last_sent);
  mine.first_sent = std::min(mine.first_sent, mine.last_sent);
  auto form = manner_.form;
  const bool tries_plain = mine.tries >= std::min(tries_allowed(mine), kPlainFromTry);
  // Keys without their signatures are of no use, and whoever has them knows EDNS.
  const bool is_for_proof = question.type == wire::Type::DNSKEY || question.type == wire::Type::DS;
  form.edns = is_for_proof || (mine.last_sent >= state.plain_until && (state.edns_worked || !tries_plain));
  asked_ = question.name;
  form.mix_case = mixes_case(mine, question.name);
  under_way_.back().plain = !form.mix_case && mine.tried_plain;
  hedge_at_ = mine.last_sent + wait_for(index, record);
  const auto last_try = ends - kLastTryBeforeEnd;
  if (mine.last_sent + kLeastBeforeLastTry <= last_try) hedge_at_ = std::min(hedge_at_, last_try);
  newest_ = index;
  probes_ = failing && mine.failed_before && manner_.remembers_lame;
  const bool after_silence = !form.mix_case && mine.was_silent && mine.tries == 2;
  const auto patience = overdue_after(state, probes_ ? kProbePatience : manner_.patience);
  auto* const progress = under_way_.back().progress.get();
  progress->overdue_at = mine.last_sent + patience;
  ServerQuery query{.server = mine.server,
                    .question = question,
                    .form = form,
                    .patience = patience,
                    .reach = mine.reach,
                    .case_scope = case_scope(question.name),
                    .case_knowledge = case_knowledge(),
                    .silent_since = after_silence ? std::optional(mine.first_sent) : std::nullopt,
                    .zone = zone_,
                    .asked_as = asked_as(),
                    .case_check = case_check(),
                    .progress = progress};
  return {attempt, std::move(query), gives_way};
}

// Who has given its last word is not waited for, though a packet to it may be on the way.
bool ServerRace::all_spoke() const {
  return std::ranges::none_of(contenders_,
                              [](const Contender& c) { return c.in_flight > 0 && !c.excluded; }) &&
         !waits_for_probe_;
}

bool ServerRace::over() const {
  const bool waits = std::ranges::any_of(
      contenders_, [](const Contender& c) { return c.in_flight > 0 && (!c.excluded || c.hindered); });
  return !waits && !waits_for_probe_;
}

std::optional<ReplyContent> ServerRace::take(Attempted got) {
  const auto index = got.attempt.server;
  auto& mine = contenders_[index];
  const auto own = std::ranges::find(under_way_, got.attempt.number,
                                     [](const UnderWay& attempt) { return attempt.attempt.number; });
  mine.hints_at_case = own != under_way_.end() && own->plain && !mine.was_silent;
  if (own != under_way_.end()) drop(own);
  auto& outcome = *got.outcome;
  if (auto* content = std::get_if<ReplyContent>(&outcome)) return std::move(*content);
  if (std::holds_alternative<OutOfBudget>(outcome)) {
    failure.out_of_budget = true;
    mine.excluded = true;
    return std::nullopt;
  }
  if (std::holds_alternative<OutOfTime>(outcome)) {
    failure.out_of_budget = failure.out_of_budget || failure.causes.empty();
    mine.excluded = true;
    return std::nullopt;
  }
  auto& complained = std::get<Complained>(outcome);
  std::ranges::move(complained.errors, std::back_inserter(failure.from_peer));
  reject(index, complained.complaint);
  return std::nullopt;
}

// Others answered first: who was late and has said nothing since is asked later next time.
void ServerRace::accept(std::size_t index) {
  note_case_hint(contenders_[index]);
  const auto sets_aa = contenders_[index].lacks_aa ? SetsAa::No : SetsAa::Yes;
  record_service(context_, contenders_[index].server, zone_, sets_aa);
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    const auto& contender = contenders_[i];
    if (i == index || contender.in_flight == 0 || !(contender.late || contender.hindered)) continue;
    record_failure(context_, contender.server, zone_, contender.last_sent, manner_.silence_tells);
  }
}

// A lost packet says nothing about the next one; all else is the server's word.
void ServerRace::reject(std::size_t index, Complaint complaint) {
  auto& mine = contenders_[index];
  const auto error = exchange_error(complaint);
  if (!error) {
    mine.is_lame = is_lame(complaint);
    heard_refusal_ = true;
    refused_since_ = std::min(refused_since_, context_.network.now());
  }
  if (!error && !mine.is_lame) heard_from_zone_ = true;
  mine.wants_plain = mine.wants_plain || (mine.mixed && std::holds_alternative<wire::Rcode>(complaint));
  if (error != ExchangeError::TimedOut) {
    ++mine.refusals;
    mine.excluded = true;
    mine.refused_at = context_.network.now();
  }
  if (manner_.notes_lame && is_lame(complaint)) record_lame(context_, mine.server, zone_);
  blame(mine.server, std::move(complaint));
}

void ServerRace::set_aside(std::size_t index) {
  auto& mine = contenders_[index];
  mine.excluded = mine.set_aside = true;
  mine.refused_at = context_.network.now();
}

bool ServerRace::set_aside_without_aa(std::size_t index) {
  set_aside(index);
  contenders_[index].lacks_aa = true;
  return record_sloppy(context_, contenders_[index].server, zone_);
}

bool ServerRace::may_do_better() const {
  const auto now = context_.network.now();
  return std::ranges::any_of(contenders_, [&](const Contender& contender) {
    if (contender.excluded || !has_route(contender)) return false;
    const auto record = record_of(contender.server);
    if (record.fails() || (record.lameness != nullptr && record.lameness->is_sloppy(now))) return false;
    return contender.in_flight > 0 || may_be_asked_again(contender);
  });
}

}  // namespace shirube::upstream
