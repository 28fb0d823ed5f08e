#include "upstream/zone_race.hpp"

#include <algorithm>
#include <utility>

#include "upstream/stub_recursion.hpp"

namespace shirube::upstream {
namespace {

// A lookup of an address that takes longer gets another beside it.
constexpr wire::Duration kAddressHedge = std::chrono::milliseconds{400};
// A server of a stub that recurses has to ask others first.
constexpr wire::Duration kRecursionPatience = std::chrono::seconds{3};

using Wanted = ServerAddresses::Wanted;

// A server that a [[stub]] names may be a resolver. All others are authorities.
enum class Named : std::uint8_t { ByHand, ByDelegation };

Task<void> run_attempt(AskContext context, ServerRace::Start start, Named named, Budget& budget,
                       Inbox<ZoneEvent>& inbox) {
  start.query.on_hindered = [&inbox, attempt = start.attempt](ExchangeError error) {
    inbox.put(Hindered{attempt, error});
  };
  auto ask = named == Named::ByHand ? ask_stub_server(context, std::move(start.query), budget)
                                    : ask_server(context, std::move(start.query), budget);
  auto outcome = std::make_unique<AskOutcome>(co_await ask);
  inbox.put(Attempted{start.attempt, std::move(outcome)});
}

Task<void> run_lookup(WalkHost& host, Wanted wanted, wire::Name zone, Inbox<ZoneEvent>& inbox) {
  auto result = co_await host.find(wanted.server, wanted.type, wanted.source, std::move(zone));
  inbox.put(AddressLookup{std::move(wanted), std::move(result)});
}

Task<void> run_probe(WalkHost& host, wire::Name zone, ServerQuery query, Inbox<ZoneEvent>& inbox) {
  auto probe = host.probe(std::move(zone), std::move(query));
  co_await probe;
  inbox.put(Probed{});
}

Task<void> run_parent(ParentZone& parent, Inbox<ZoneEvent>& inbox) {
  auto asked = parent.names_others();
  auto names_others = co_await asked;
  inbox.put(ParentSaid{std::move(names_others)});
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

[[nodiscard]] bool lacks_aa(const AuthorityVerdict& verdict) {
  return std::holds_alternative<SloppyAnswer>(verdict) || std::holds_alternative<ProvenDenial>(verdict) ||
         std::holds_alternative<BareDenial>(verdict);
}

// An answer that is taken when no better one is left (decisions 014 and 016).
[[nodiscard]] bool is_second_choice(const ZoneReply& reply) {
  return lacks_aa(reply.verdict) || reply.case_doubt == CaseDoubt::CheckFailed;
}

// Among answers that are second choices the higher one is taken.
[[nodiscard]] int worth_among_kept(const ZoneReply& reply) {
  if (std::holds_alternative<ProvenDenial>(reply.verdict)) return 0;
  return reply.case_doubt == CaseDoubt::CheckFailed ? 1 : 2;
}

[[nodiscard]] RaceManner manner_for(const AskContext& context, const Delegation& zone, wire::Type type,
                                    bool whole) {
  auto manner = authority_manner(type, whole);
  if (!any_wants_recursion(context, zone.zone, zone.by_hand)) return manner;
  manner.pace = kForwarderPace;
  manner.patience = kRecursionPatience;
  return manner;
}

}  // namespace

ZoneRace::ZoneRace(const ZoneContext& context, const Delegation& zone, AddressAllowance& allowance,
                   const wire::Question& question, Persistence persistence)
    : context_(context),
      zone_(zone),
      question_(question),
      shortened_(persistence == Persistence::FirstWord),
      race_(context.ask, zone.zone, manner_for(context.ask, zone, question.type, !shortened_)),
      addresses_(context, zone, allowance),
      inbox_(context.ask.network) {}

Failure ZoneRace::failure() { return with_obstacle(std::move(race_.failure), zone_.zone, addresses_); }

bool ZoneRace::go_on() {
  addresses_.enter(race_);
  ask_parent_if_hopeless();
  // A server that other lookups want to probe must not look as if it had been asked.
  if (may_ask_ && !context_.budget().can_send(context_.ask.network.now())) {
    race_.failure.out_of_budget = true;
    asked_.reset();
    limit_ = std::min(context_.budget().ends, race_.overdue_at());
    return !race_.idle() || addresses_.looks_up() || parent_ == Parent::Asked;
  }
  const bool wants_others = late_ && !race_.has_untried();
  // A new address is asked at once if all others were asked. Otherwise it waits until the last query is late.
  if (may_ask_) {
    asked_ = race_.choose();
    if (!asked_ && addresses_.enter_replaced(race_)) asked_ = race_.choose();
    limit_ = context_.budget().ends;
  }
  if (asked_ && may_ask_) {
    auto start = race_.start(*asked_, question_, context_.budget().ends);
    if (start.gives_way) tasks_.cancel(*start.gives_way);
    const bool by_hand = std::ranges::find(zone_.by_hand, start.query.server) != zone_.by_hand.end();
    race_.set_task(
        tasks_.spawn(run_attempt(context_.ask, std::move(start),
                                 by_hand ? Named::ByHand : Named::ByDelegation, context_.budget(), inbox_)));
    limit_ = std::min(limit_, race_.hedge_at());
    if (race_.waits_for_probe()) limit_to(race_.look_again_at());
  } else if (may_ask_) {
    limit_ = std::min(limit_, race_.look_again_at());
  }
  limit_ = std::min(limit_, race_.overdue_at());
  if ((!asked_ && may_ask_) || wants_others) look_up();
  probe_if_late();
  if (kept_) limit_to(kept_->until);
  return !race_.over() || addresses_.looks_up() || parent_ == Parent::Asked;
}

// One lost packet is no reason to look for other addresses.
Doubt ZoneRace::doubt() const {
  if (zone_.zone.is_root()) return Doubt::None;  // the hints name all ways to it
  const bool all_gave_their_word = !asked_ && may_ask_ && race_.all_spoke();
  const bool all_silent = late_ && race_.has_tried_all();
  if (!all_gave_their_word && !all_silent) return Doubt::None;
  return race_.heard_from_zone() ? Doubt::OfAll : Doubt::OfSiblings;
}

void ZoneRace::look_up() {
  auto wanted = addresses_.next_lookup(doubt());
  if (!wanted) return;
  tasks_.spawn(run_lookup(context_.host, std::move(*wanted), zone_.zone, inbox_));
  limit_ = std::min(limit_, context_.ask.network.now() + kAddressHedge);
}

// A reply to a later question shows that the server is not slow but drops the shortened one.
void ZoneRace::probe_if_late() {
  if (!shortened_ || probed_ || !race_.is_late() || race_.idle()) return;
  probed_ = true;
  tasks_.spawn(run_probe(context_.host, zone_.zone, race_.probe({zone_.zone, wire::Type::SOA}), inbox_));
}

// An address that is still to be found may belong to a server that serves the zone.
void ZoneRace::ask_parent_if_hopeless() {
  if (parent_ != Parent::NotAsked || context_.parent == nullptr || kept_ || !race_.is_hopeless()) return;
  if (addresses_.looks_up() || addresses_.may_find_more() || !context_.parent->may_be_asked()) return;
  parent_ = Parent::Asked;
  tasks_.spawn(run_parent(*context_.parent, inbox_));
}

void ZoneRace::take_parent(ParentSaid said) {
  may_ask_ = race_.idle();
  if (!said.names_others) {
    parent_ = Parent::Failed;
    race_.failure.add(said.names_others.error());
  } else {
    parent_ = *said.names_others ? Parent::NamesOthers : Parent::NamesThese;
  }
}

std::optional<ZoneReply> ZoneRace::take(ZoneEvent event) {
  late_ = false;
  may_ask_ = true;
  if (auto* lookup = std::get_if<AddressLookup>(&event)) {
    take_addresses(std::move(*lookup), addresses_, zone_.zone, race_.failure);
    may_ask_ = race_.idle() || race_.has_tried_all();
    return std::nullopt;
  }
  if (const auto* hindered = std::get_if<Hindered>(&event)) {
    race_.hinder(*hindered);
    return std::nullopt;
  }
  if (std::holds_alternative<Probed>(event)) {
    may_ask_ = race_.idle();
    return std::nullopt;
  }
  if (auto* said = std::get_if<ParentSaid>(&event)) {
    take_parent(std::move(*said));
    return std::nullopt;
  }
  return take_reply(std::get<Attempted>(std::move(event)));
}

// Handles one reply: returns the result of the race, or nullopt if it goes on.
std::optional<ZoneReply> ZoneRace::take_reply(Attempted got) {
  const auto index = got.attempt.server;
  auto content = race_.take(std::move(got));
  if (!content) return std::nullopt;
  auto verdict = judge_reply(*content, question_, zone_.zone);
  if (const auto* wrong = std::get_if<Misbehaviour>(&verdict)) {
    race_.reject(index, *wrong);
    return std::nullopt;
  }
  const Source source{race_.server(index), content->with_edns};
  ZoneReply reply{std::move(content->answer), std::move(verdict), source, content->case_doubt};
  if (!is_second_choice(reply)) {
    race_.accept(index);
    return reply;
  }
  keep(index, std::move(reply));
  return std::nullopt;
}

void ZoneRace::keep(std::size_t server, ZoneReply reply) {
  bool looks_further = false;
  if (lacks_aa(reply.verdict)) {
    // If this was known before, better servers of the zone were already tried.
    looks_further = !race_.set_aside_without_aa(server);
  } else {
    race_.set_aside(server);
  }
  if (kept_) {
    if (worth_among_kept(reply) <= worth_among_kept(kept_->reply)) return;
    kept_->reply = std::move(reply);
    kept_->server = server;
    return;
  }
  kept_.emplace(Kept{std::move(reply), server, looks_further, race_.kept_until(kSloppyPatience)});
}

std::optional<ZoneReply> ZoneRace::settle() {
  if (!kept_) return std::nullopt;
  const bool better_may_come = race_.may_do_better() || (kept_->looks_further && addresses_.may_find_more());
  if (better_may_come && context_.ask.network.now() < kept_->until) return std::nullopt;
  return take_kept();
}

std::optional<ZoneReply> ZoneRace::take_kept() {
  if (!kept_) return std::nullopt;
  race_.accept(kept_->server);
  return std::move(kept_->reply);
}

bool ZoneRace::waits_on() {
  const bool is_overdue = race_.overdue_at() <= context_.ask.network.now();
  const auto late = asked_ && !is_overdue ? race_.late_with_stream_at() : std::nullopt;
  if (late) limit_ = std::min({context_.budget().ends, *late, race_.overdue_at()});
  if (kept_) limit_to(kept_->until);
  return late.has_value();
}

// The last query is not late yet, but a server that another lookup is probing may have answered it.
bool ZoneRace::looks_again() const {
  const auto now = context_.ask.network.now();
  return asked_ && race_.waits_for_probe() && now < race_.hedge_at() && now < race_.overdue_at();
}

bool ZoneRace::take_silence() {
  late_ = true;
  may_ask_ = true;
  if (context_.ask.network.now() >= context_.budget().ends) {
    race_.time_out();
    return false;
  }
  const bool waited_for_better = kept_ && context_.ask.network.now() >= kept_->until;
  if (waited_for_better) return true;
  if (looks_again()) {
    late_ = false;
    may_ask_ = race_.has_recovered() && race_.has_room();
    if (!may_ask_) limit_ = std::min({context_.budget().ends, race_.hedge_at(), race_.look_again_at()});
    return true;
  }
  if (race_.note_overdue()) {
    late_ = false;
    // The next try keeps its time while other replies are pending: a slow zone must not use up its tries
    // early.
    may_ask_ = race_.idle() || race_.probes() || race_.hedge_at() <= context_.ask.network.now();
    if (!may_ask_) limit_ = std::min(context_.budget().ends, race_.hedge_at());
  } else if (asked_) {
    race_.hedge();
  }
  return true;
}

}  // namespace shirube::upstream
