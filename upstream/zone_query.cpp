#include "upstream/zone_query.hpp"

#include <algorithm>

#include "upstream/inbox.hpp"
#include "upstream/server_addresses.hpp"

namespace shirube::upstream {
namespace {

// A lookup of an address that takes longer gets another beside it.
constexpr wire::Duration kAddressHedge = std::chrono::milliseconds{400};

using Wanted = ServerAddresses::Wanted;

struct AddressLookup {
  Wanted wanted;
  std::expected<std::vector<wire::Address>, Failure> result;
};
using Event = std::variant<Attempted, AddressLookup>;

Task<void> run_attempt(AskContext context, ServerRace::Start start, Budget& budget, Inbox<Event>& inbox) {
  auto outcome = co_await ask_server(context, std::move(start.query), budget);
  inbox.put(Event(Attempted{start.attempt, std::move(outcome)}));
}

Task<void> run_lookup(WalkHost& host, Wanted wanted, wire::Name zone, Inbox<Event>& inbox) {
  auto result = co_await host.find(wanted.server, wanted.type, std::move(zone));
  inbox.put(Event(AddressLookup{std::move(wanted), std::move(result)}));
}

void take_addresses(AddressLookup lookup, ServerAddresses& addresses, const wire::Name& zone,
                    Failure& failure) {
  if (lookup.result && addresses.found(*lookup.result)) return;
  if (!lookup.result) {
    addresses.failed(lookup.wanted.server);
    failure.add(lookup.result.error());
  }
  // Of two families one without addresses is no news.
  if (lookup.wanted.type == wire::Type::A || !lookup.result)
    failure.add({zone, {}, Obstacle::NoAddress, std::move(lookup.wanted.server)});
}

[[nodiscard]] Failure nobody_to_ask(Failure failure, const wire::Name& zone) {
  if (failure.causes.empty() && !failure.out_of_budget) failure.add({zone, {}, Obstacle::NoServers});
  return failure;
}

// What one reply makes of the race: the end of it, or nullopt.
[[nodiscard]] std::optional<ZoneReply> take_reply(ServerRace& race, Attempted got,
                                                  const wire::Question& question, const wire::Name& zone) {
  const auto index = got.attempt.server;
  auto content = race.take(std::move(got));
  if (!content) return std::nullopt;
  auto verdict = judge_reply(*content, question, zone);
  if (const auto* wrong = std::get_if<Misbehaviour>(&verdict)) {
    race.reject(index, *wrong);
    return std::nullopt;
  }
  race.accept(index);
  return ZoneReply{std::move(content->answer), std::move(verdict)};
}

}  // namespace

Task<std::expected<ZoneReply, Failure>> ask_zone(ZoneContext context, const Delegation& zone,
                                                 AddressAllowance& allowance, wire::Question question,
                                                 Persistence persistence) {
  using Result = std::expected<ZoneReply, Failure>;
  auto& network = context.ask.network;
  ServerRace race(context.ask, zone.zone,
                  authority_manner(question.type, persistence == Persistence::AllServers));
  ServerAddresses addresses(context, zone, allowance);
  Inbox<Event> inbox(network);
  TaskSet tasks;
  bool late = false;
  bool may_ask = true;
  wire::Instant limit{};
  for (;;) {
    addresses.enter(race);
    const bool wants_others = late && !race.has_untried();
    // An address that comes in while somebody is asked waits until that one is late.
    const auto next = may_ask ? race.choose() : std::nullopt;
    if (may_ask) limit = context.budget.ends;
    if (next) {
      auto start = race.start(*next, question);
      race.set_task(tasks.spawn(run_attempt(context.ask, std::move(start), context.budget, inbox)));
      limit = std::min(limit, race.hedge_at());
    } else if (may_ask) {
      limit = std::min(limit, race.look_again_at());
    }
    if ((!next && may_ask) || wants_others) {
      if (auto wanted = addresses.next_lookup()) {
        tasks.spawn(run_lookup(context.host, std::move(*wanted), zone.zone, inbox));
        limit = std::min(limit, network.now() + kAddressHedge);
      }
    }
    if (race.over() && !addresses.looks_up())
      co_return Result(std::unexpect, nobody_to_ask(std::move(race.failure), zone.zone));
    auto event = co_await inbox.next(limit);
    late = !event.has_value();
    may_ask = true;
    if (!event && network.now() >= context.budget.ends) {
      race.time_out();
      co_return Result(std::unexpect, nobody_to_ask(std::move(race.failure), zone.zone));
    }
    if (!event) {
      if (next) {
        if (const auto task = race.hedge()) tasks.cancel(*task);
      }
      // Some servers and firewalls drop what they do not expect: a name cut short.
      if (persistence == Persistence::FirstWord && race.is_late())
        co_return Result(std::unexpect, nobody_to_ask(std::move(race.failure), zone.zone));
      continue;
    }
    if (auto* lookup = std::get_if<AddressLookup>(&*event)) {
      take_addresses(std::move(*lookup), addresses, zone.zone, race.failure);
      may_ask = race.idle();
      continue;
    }
    auto reply = take_reply(race, std::get<Attempted>(std::move(*event)), question, zone.zone);
    if (reply) co_return Result(std::move(*reply));
    if (persistence == Persistence::FirstWord && race.heard_refusal())
      co_return Result(std::unexpect, std::move(race.failure));
  }
}

}  // namespace shirube::upstream
