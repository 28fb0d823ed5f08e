#include "upstream/forwarder.hpp"

#include <algorithm>
#include <utility>

#include "upstream/inbox.hpp"
#include "upstream/server_choice.hpp"

namespace shirube::upstream {
namespace {

// Asking the same server again only helps against loss, and doubles its work when it is merely busy.
constexpr wire::Duration kRetransmitAfter = std::chrono::milliseconds{800};

struct Attempted {
  std::size_t server = 0;
  AskOutcome outcome;
};

struct Attempt {
  std::size_t index = 0;
  wire::Endpoint server;
  QueryForm form;
};

Task<void> run_attempt(AskContext context, Attempt attempt, wire::Question question, Budget& budget,
                       Inbox<Attempted>& inbox) {
  auto outcome = co_await ask_server(context, attempt.server, std::move(question), attempt.form, budget);
  inbox.put(Attempted{attempt.index, std::move(outcome)});
}

struct ServerProgress {
  unsigned tries = 0;
  unsigned in_flight = 0;
  bool excluded = false;
  bool late = false;  // somebody else was asked because it took too long
  wire::Instant last_sent{};
};

// The state of one run over the servers of a zone; the coroutine below only drives it.
class Race {
 public:
  Race(AskContext context, const ZoneServers& zone, bool checking_disabled)
      : context_(context),
        zone_(zone),
        checking_disabled_(checking_disabled),
        progress_(zone.servers.size()) {}

  [[nodiscard]] std::optional<std::size_t> choose() {
    if (in_flight_ >= kMaxParallelAttempts) return std::nullopt;
    std::vector<ServerState> states;
    std::vector<Candidate> candidates(progress_.size());
    states.reserve(progress_.size());
    for (std::size_t i = 0; i < progress_.size(); ++i) {
      states.push_back(context_.memory.at(zone_.servers[i]));
      candidates[i] = {&states[i], progress_[i].tries, progress_[i].excluded};
    }
    return choose_server(candidates, kMaxTriesPerServer, context_.network.now(), context_.network);
  }

  // The last try of a server that never showed EDNS goes without it: some middleboxes drop what they do not
  // know.
  [[nodiscard]] QueryForm start(std::size_t index) {
    auto& mine = progress_[index];
    const auto& state = context_.memory.at(zone_.servers[index]);
    ++mine.tries;
    ++mine.in_flight;
    ++in_flight_;
    mine.last_sent = context_.network.now();
    QueryForm form;
    form.edns = mine.last_sent >= state.plain_until && (state.edns_worked || mine.tries < kMaxTriesPerServer);
    form.mix_case = !state.loses_case;
    form.checking_disabled = checking_disabled_;
    hedge_at_ = mine.last_sent + hedge_after(state, round_);
    if (alone(index)) hedge_at_ = std::max(hedge_at_, mine.last_sent + kRetransmitAfter);
    newest_ = index;
    return form;
  }

  void hedge() {
    ++round_;
    ++context_.statistics.hedges;
    progress_[newest_].late = true;
  }

  // Takes a server's word; the answer when it is one.
  [[nodiscard]] std::optional<wire::Answer> take(Attempted got) {
    auto& mine = progress_[got.server];
    --mine.in_flight;
    --in_flight_;
    if (auto* answer = std::get_if<wire::Answer>(&got.outcome)) return std::move(*answer);
    if (std::holds_alternative<OutOfBudget>(got.outcome)) {
      failure.out_of_budget = true;
      mine.excluded = true;
      return std::nullopt;
    }
    auto& complained = std::get<Complained>(got.outcome);
    const auto* error = std::get_if<ExchangeError>(&complained.complaint);
    // A lost packet says nothing about the next one; all else is the server's word.
    if (error == nullptr || *error != ExchangeError::TimedOut) mine.excluded = true;
    failure.add({zone_.zone, zone_.servers[got.server], complained.complaint});
    std::ranges::move(complained.errors, std::back_inserter(failure.from_peer));
    return std::nullopt;
  }

  // Others answered first: who was late and has said nothing since is asked later next time.
  void settle() {
    for (std::size_t i = 0; i < progress_.size(); ++i) {
      if (progress_[i].in_flight == 0 || !progress_[i].late) continue;
      note_failure(context_.memory.at(zone_.servers[i]), progress_[i].last_sent, context_.network.now());
    }
  }

  void time_out() {
    for (std::size_t i = 0; i < progress_.size(); ++i) {
      if (progress_[i].in_flight != 0) failure.add({zone_.zone, zone_.servers[i], ExchangeError::TimedOut});
    }
  }

  [[nodiscard]] bool quiet() const { return in_flight_ == 0; }
  [[nodiscard]] wire::Instant hedge_at() const { return hedge_at_; }
  Failure failure;

 private:
  [[nodiscard]] bool alone(std::size_t index) const {
    for (std::size_t i = 0; i < progress_.size(); ++i) {
      if (i != index && !progress_[i].excluded) return false;
    }
    return true;
  }

  AskContext context_;
  const ZoneServers& zone_;
  bool checking_disabled_;
  std::vector<ServerProgress> progress_;
  unsigned in_flight_ = 0;
  unsigned round_ = 0;
  std::size_t newest_ = 0;
  wire::Instant hedge_at_{};
};

}  // namespace

Task<std::expected<wire::Answer, Failure>> forward(AskContext context, const ZoneServers& zone,
                                                   wire::Question question, bool checking_disabled,
                                                   Budget& budget) {
  using Result = std::expected<wire::Answer, Failure>;
  Race race(context, zone, checking_disabled);
  Inbox<Attempted> inbox(context.network);
  TaskSet attempts;
  for (;;) {
    auto limit = budget.ends;
    const auto next = race.choose();
    if (next) {
      const auto form = race.start(*next);
      const Attempt attempt{*next, zone.servers[*next], form};
      attempts.spawn(run_attempt(context, attempt, question, budget, inbox));
      limit = std::min(limit, race.hedge_at());
    }
    if (race.quiet()) co_return Result(std::unexpect, std::move(race.failure));
    auto got = co_await inbox.next(limit);
    if (!got && context.network.now() >= budget.ends) {
      race.time_out();
      co_return Result(std::unexpect, std::move(race.failure));
    }
    if (!got) {
      race.hedge();
      continue;
    }
    auto answer = race.take(std::move(*got));
    if (answer) {
      race.settle();
      co_return Result(std::move(*answer));
    }
  }
}

}  // namespace shirube::upstream
