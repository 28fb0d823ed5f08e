#include "upstream/forwarder.hpp"

#include <algorithm>

#include "upstream/answer_chain.hpp"
#include "upstream/inbox.hpp"

namespace shirube::upstream {
namespace {

using ForwarderEvent = std::variant<Attempted, Hindered>;

// How long a denial in doubt waits for another forwarder. The client waits as well.
constexpr wire::Duration kDoubtPatience = std::chrono::seconds{1};

Task<void> ask_forwarder(AskContext context, ServerRace::Start start, Budget& budget,
                         Inbox<ForwarderEvent>& inbox) {
  start.query.on_hindered = [&inbox, attempt = start.attempt](ExchangeError error) {
    inbox.put(Hindered{attempt, error});
  };
  auto ask = ask_server(context, std::move(start.query), budget);
  auto outcome = std::make_unique<AskOutcome>(co_await ask);
  inbox.put(Attempted{start.attempt, std::move(outcome)});
}

// The next reply to a race. `asked` is the server that was just asked, if any. nullopt: no reply came in time
// or before the race was settled.
Task<std::optional<ForwarderEvent>> wait_for_reply(AskContext context, const ServerRace& race,
                                                   Inbox<ForwarderEvent>& inbox,
                                                   std::optional<std::size_t> asked, wire::Instant ends) {
  auto& network = context.network;
  const auto first = asked ? std::min(ends, race.hedge_at()) : std::min(ends, race.look_again_at());
  auto limit = std::min(first, race.overdue_at());
  for (bool waited_for_stream = false;;) {
    const auto until = std::min(limit, race.settled_at());
    const auto look = race.may_settle() ? std::min(until, network.now() + kProbeRecheck) : until;
    auto got = co_await inbox.next(look);
    if (got) co_return got;
    if (network.now() < until) continue;
    const bool is_overdue = race.overdue_at() <= network.now();
    const bool may_wait_on = asked && !is_overdue && !std::exchange(waited_for_stream, true);
    const auto late = may_wait_on ? race.late_with_stream_at() : std::nullopt;
    if (!late) co_return std::nullopt;
    limit = std::min({ends, *late, race.overdue_at()});
  }
}

// A denial whose check in plain case failed. It waits for a better answer of another forwarder.
struct DoubtfulReply {
  ForwardedReply reply;
  std::size_t server = 0;
  wire::Instant until{};
};

}  // namespace

Task<std::expected<ForwardedReply, Failure>> forward(AskContext context, ForwarderWatch& watch,
                                                     const ZoneServers& zone, wire::Question question,
                                                     bool checking_disabled, Budget& budget) {
  using Result = std::expected<ForwardedReply, Failure>;
  ServerRace race(context, zone.zone, forwarder_manner(checking_disabled));
  for (const auto& server : zone.servers) race.add(server);
  Inbox<ForwarderEvent> inbox(context.network);
  std::optional<DoubtfulReply> kept;
  TaskSet attempts;
  const auto end = [&] {
    if (!kept) return Result(std::unexpect, std::move(race.failure));
    race.accept(kept->server);
    return Result(std::move(kept->reply));
  };
  for (;;) {
    const auto next = race.choose();
    if (next) {
      auto start = race.start(*next, question, budget.ends);
      if (start.gives_way) attempts.cancel(*start.gives_way);
      race.set_task(attempts.spawn(ask_forwarder(context, std::move(start), budget, inbox)));
    }
    if (race.over()) co_return end();
    const auto ends = kept ? std::min(budget.ends, kept->until) : budget.ends;
    auto got = co_await wait_for_reply(context, race, inbox, next, ends);
    const auto now = context.network.now();
    if (!got && now >= std::min(ends, race.settled_at())) {
      race.time_out();
      co_return end();
    }
    if (!got && !next && race.overdue_at() > now) continue;
    if (!got) {
      watch.suspect(zone.zone, race.newest());
      if (!race.note_overdue() && next) race.hedge();
      continue;
    }
    if (const auto* hindered = std::get_if<Hindered>(&*got)) {
      race.hinder(*hindered);
      continue;
    }
    auto& attempted = std::get<Attempted>(*got);
    const auto index = attempted.attempt.server;
    auto content = race.take(std::move(attempted));
    if (!content) continue;
    if (says_nothing(content->answer, question)) {
      race.reject(index, Misbehaviour::Unrelated);
      continue;
    }
    const Source source{race.server(index), content->with_edns};
    ForwardedReply reply{std::move(content->answer), source, content->case_doubt};
    if (reply.case_doubt == CaseDoubt::CheckFailed && !kept) {
      race.set_aside(index);
      kept.emplace(DoubtfulReply{std::move(reply), index, race.kept_until(kDoubtPatience)});
      if (!race.may_do_better()) co_return end();
      continue;
    }
    race.accept(index);
    co_return Result(std::move(reply));
  }
}

}  // namespace shirube::upstream
