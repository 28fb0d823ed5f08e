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
  auto& wanted = lookup.wanted;
  if (!lookup.result) {
    addresses.failed(wanted.server);
    failure.add_of_address(lookup.result.error());
    failure.add({zone, {}, Obstacle::AddressUnknown, std::move(wanted.server)});
  } else if (const auto obstacle = addresses.found(wanted, *lookup.result)) {
    failure.add({zone, {}, *obstacle, std::move(wanted.server)});
  }
}

[[nodiscard]] Failure with_obstacle(Failure failure, const wire::Name& zone,
                                    const ServerAddresses& addresses) {
  if (const auto obstacle = addresses.obstacle()) failure.add({zone, {}, *obstacle});
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
  const Source source{race.server(index), content->with_edns};
  return ZoneReply{std::move(content->answer), std::move(verdict), source};
}

// The race for one question with all that is under way for it; ask_zone() only waits.
class ZoneRace {
 public:
  ZoneRace(const ZoneContext& context, const Delegation& zone, AddressAllowance& allowance,
           const wire::Question& question, Persistence persistence)
      : context_(context),
        zone_(zone),
        question_(question),
        shortened_(persistence == Persistence::FirstWord),
        race_(context.ask, zone.zone, authority_manner(question.type, !shortened_)),
        addresses_(context, zone, allowance),
        inbox_(context.ask.network) {}

  // Asks whoever is to be asked now, and looks up what is missing. False: nobody is left.
  [[nodiscard]] bool go_on();
  [[nodiscard]] Inbox<Event>::Next next() { return inbox_.next(limit_); }
  // Nothing came in time, and there is reason to wait for longer.
  [[nodiscard]] bool waits_on();
  // What came; the reply that ends the race, if it does.
  [[nodiscard]] std::optional<ZoneReply> take(Event event);
  // Nothing came in time. False: time is up.
  [[nodiscard]] bool take_silence();
  // A shortened question is not worth more tries: some servers and firewalls refuse or drop what they do not
  // expect, and may do well with the whole one.
  [[nodiscard]] bool gives_up() const { return shortened_ && (race_.heard_refusal() || race_.is_late()); }
  [[nodiscard]] Failure failure() { return with_obstacle(std::move(race_.failure), zone_.zone, addresses_); }

 private:
  void look_up();

  const ZoneContext& context_;
  const Delegation& zone_;
  const wire::Question& question_;
  bool shortened_;
  ServerRace race_;
  ServerAddresses addresses_;
  Inbox<Event> inbox_;
  std::optional<std::size_t> asked_;  // by the last go_on()
  bool late_ = false;
  bool may_ask_ = true;
  wire::Instant limit_{};
  TaskSet tasks_;  // last: its tasks use all of the above
};

bool ZoneRace::go_on() {
  addresses_.enter(race_);
  // A server that others want to probe must not seem to be asked.
  if (may_ask_ && !context_.budget.can_send(context_.ask.network.now())) {
    race_.failure.out_of_budget = true;
    asked_.reset();
    limit_ = context_.budget.ends;
    return !race_.idle() || addresses_.looks_up();
  }
  const bool wants_others = late_ && !race_.has_untried();
  // An address that comes in while somebody is asked waits until that one is late.
  asked_ = may_ask_ ? race_.choose() : std::nullopt;
  if (may_ask_) limit_ = context_.budget.ends;
  if (asked_) {
    auto start = race_.start(*asked_, question_);
    race_.set_task(tasks_.spawn(run_attempt(context_.ask, std::move(start), context_.budget, inbox_)));
    limit_ = std::min(limit_, race_.hedge_at());
  } else if (may_ask_) {
    limit_ = std::min(limit_, race_.look_again_at());
  }
  if ((!asked_ && may_ask_) || wants_others) look_up();
  return !race_.over() || addresses_.looks_up();
}

void ZoneRace::look_up() {
  auto wanted = addresses_.next_lookup();
  if (!wanted) return;
  tasks_.spawn(run_lookup(context_.host, std::move(*wanted), zone_.zone, inbox_));
  limit_ = std::min(limit_, context_.ask.network.now() + kAddressHedge);
}

std::optional<ZoneReply> ZoneRace::take(Event event) {
  late_ = false;
  may_ask_ = true;
  if (auto* lookup = std::get_if<AddressLookup>(&event)) {
    take_addresses(std::move(*lookup), addresses_, zone_.zone, race_.failure);
    may_ask_ = race_.idle();
    return std::nullopt;
  }
  return take_reply(race_, std::get<Attempted>(std::move(event)), question_, zone_.zone);
}

bool ZoneRace::waits_on() {
  const auto late = asked_ ? race_.late_with_stream_at() : std::nullopt;
  if (late) limit_ = std::min(context_.budget.ends, *late);
  return late.has_value();
}

bool ZoneRace::take_silence() {
  late_ = true;
  may_ask_ = true;
  if (context_.ask.network.now() >= context_.budget.ends) {
    race_.time_out();
    return false;
  }
  if (!asked_) return true;
  if (const auto task = race_.hedge()) tasks_.cancel(*task);
  return true;
}

}  // namespace

Task<std::expected<ZoneReply, Failure>> ask_zone(ZoneContext context, const Delegation& zone,
                                                 AddressAllowance& allowance, wire::Question question,
                                                 Persistence persistence) {
  using Result = std::expected<ZoneReply, Failure>;
  ZoneRace race(context, zone, allowance, question, persistence);
  while (!race.gives_up() && race.go_on()) {
    auto event = co_await race.next();
    if (!event && race.waits_on()) event = co_await race.next();
    if (event) {
      auto reply = race.take(std::move(*event));
      if (reply) co_return Result(std::move(*reply));
    } else if (!race.take_silence()) {
      break;
    }
  }
  co_return Result(std::unexpect, race.failure());
}

}  // namespace shirube::upstream
