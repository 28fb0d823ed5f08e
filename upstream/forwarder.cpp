#include "upstream/forwarder.hpp"

#include <algorithm>

#include "upstream/answer_chain.hpp"
#include "upstream/inbox.hpp"

namespace shirube::upstream {
namespace {

using ForwarderEvent = std::variant<Attempted, Hindered>;

Task<void> ask_forwarder(AskContext context, ServerRace::Start start, Budget& budget,
                         Inbox<ForwarderEvent>& inbox) {
  start.query.on_hindered = [&inbox, attempt = start.attempt](ExchangeError error) {
    ForwarderEvent event(Hindered{attempt, error});
    inbox.put(std::move(event));
  };
  auto outcome = co_await ask_server(context, std::move(start.query), budget);
  inbox.put(ForwarderEvent(Attempted{start.attempt, std::move(outcome)}));
}

// nullopt: no reply came before `limit`, or before the race was settled.
Task<std::optional<ForwarderEvent>> next_reply(Network& network, const ServerRace& race,
                                               Inbox<ForwarderEvent>& inbox, wire::Instant limit) {
  for (;;) {
    const auto until = std::min(limit, race.settled_at());
    const auto look = race.may_settle() ? std::min(until, network.now() + kProbeRecheck) : until;
    auto got = co_await inbox.next(look);
    if (got || network.now() >= until) co_return got;
  }
}

}  // namespace

Task<std::expected<ForwardedReply, Failure>> forward(AskContext context, ForwarderWatch& watch,
                                                     const ZoneServers& zone, wire::Question question,
                                                     bool checking_disabled, Budget& budget) {
  using Result = std::expected<ForwardedReply, Failure>;
  ServerRace race(context, zone.zone, forwarder_manner(checking_disabled));
  for (const auto& server : zone.servers) race.add(server);
  Inbox<ForwarderEvent> inbox(context.network);
  TaskSet attempts;
  for (;;) {
    const auto next = race.choose();
    auto limit = next ? budget.ends : std::min(budget.ends, race.look_again_at());
    if (next) {
      auto start = race.start(*next, question, budget.ends);
      if (start.gives_way) attempts.cancel(*start.gives_way);
      race.set_task(attempts.spawn(ask_forwarder(context, std::move(start), budget, inbox)));
      limit = std::min(limit, race.hedge_at());
    }
    if (race.over()) co_return Result(std::unexpect, std::move(race.failure));
    auto got = co_await next_reply(context.network, race, inbox, std::min(limit, race.overdue_at()));
    const bool is_overdue = race.overdue_at() <= context.network.now();
    const auto late = got || !next || is_overdue ? std::nullopt : race.late_with_stream_at();
    if (late) {
      const auto until = std::min({budget.ends, *late, race.overdue_at()});
      got = co_await next_reply(context.network, race, inbox, until);
    }
    if (!got && context.network.now() >= std::min(budget.ends, race.settled_at())) {
      race.time_out();
      co_return Result(std::unexpect, std::move(race.failure));
    }
    if (!got && !next && !is_overdue) continue;
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
    race.accept(index);
    const Source source{race.server(index), content->with_edns};
    co_return Result(ForwardedReply{std::move(content->answer), source});
  }
}

}  // namespace shirube::upstream
