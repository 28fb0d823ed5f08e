#include "upstream/forwarder.hpp"

#include <algorithm>

#include "upstream/answer_chain.hpp"
#include "upstream/inbox.hpp"

namespace shirube::upstream {
namespace {

Task<void> run_attempt(AskContext context, ServerRace::Start start, Budget& budget, Inbox<Attempted>& inbox) {
  auto outcome = co_await ask_server(context, std::move(start.query), budget);
  inbox.put(Attempted{start.attempt, std::move(outcome)});
}

}  // namespace

Task<std::expected<ForwardedReply, Failure>> forward(AskContext context, const ZoneServers& zone,
                                                     wire::Question question, bool checking_disabled,
                                                     Budget& budget) {
  using Result = std::expected<ForwardedReply, Failure>;
  ServerRace race(context, zone.zone, forwarder_manner(checking_disabled));
  for (const auto& server : zone.servers) race.add(server);
  Inbox<Attempted> inbox(context.network);
  TaskSet attempts;
  for (;;) {
    auto limit = budget.ends;
    const auto next = race.choose();
    if (next) {
      auto start = race.start(*next, question);
      race.set_task(attempts.spawn(run_attempt(context, std::move(start), budget, inbox)));
      limit = std::min(limit, race.hedge_at());
    }
    if (race.over()) co_return Result(std::unexpect, std::move(race.failure));
    auto got = co_await inbox.next(limit);
    const auto late = got || !next ? std::nullopt : race.late_with_stream_at();
    if (late) got = co_await inbox.next(std::min(budget.ends, *late));
    if (!got && context.network.now() >= budget.ends) {
      race.time_out();
      co_return Result(std::unexpect, std::move(race.failure));
    }
    if (!got) {
      if (const auto task = race.hedge()) attempts.cancel(*task);
      continue;
    }
    const auto index = got->attempt.server;
    auto content = race.take(std::move(*got));
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
