#include "upstream/zone_query.hpp"

#include <utility>

#include "upstream/zone_race.hpp"

namespace shirube::upstream {
namespace {

// All references must outlive the task.
Task<ZoneAsks::Result> run_race(const ZoneContext& context, const Delegation& zone,
                                AddressAllowance& allowance, const wire::Question& question,
                                Persistence persistence) {
  using Result = ZoneAsks::Result;
  ZoneRace race(context, zone, allowance, question, persistence);
  while (!race.gives_up() && !race.has_moved() && race.go_on()) {
    auto event = co_await race.next();
    if (!event && race.waits_on()) event = co_await race.next();
    if (event) {
      auto reply = race.take(std::move(*event));
      if (reply) co_return Result(std::move(*reply));
    } else if (!race.take_silence()) {
      break;
    }
    if (auto kept = race.settle()) co_return Result(std::move(*kept));
  }
  if (auto kept = race.take_kept()) co_return Result(std::move(*kept));
  if (!race.has_moved()) race.probe_patiently();
  co_return Result(std::unexpect, race.failure());
}

}  // namespace

AskKey key_of_ask(const ZoneContext& context, const Delegation& zone, const wire::Question& question) {
  return {.zone = zone.zone,
          .question = question,
          .servers = zone.servers,
          .by_hand = zone.by_hand,
          .avoided = context.ask.avoided};
}

Task<std::expected<ZoneReply, Failure>> ask_zone(const ZoneContext& context, const Delegation& zone,
                                                 AddressAllowance& allowance, const wire::Question& question,
                                                 Persistence persistence) {
  const auto run = [&context, &zone, &allowance, &question, persistence] {
    return run_race(context, zone, allowance, question, persistence);
  };
  return context.asks.ask(key_of_ask(context, zone, question), context.asker, persistence, run);
}

}  // namespace shirube::upstream
