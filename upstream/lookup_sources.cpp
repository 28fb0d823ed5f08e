// Where a lookup gets its answer from: the route of its question, the addresses of servers on the way, and
// the priming of the root.
#include <algorithm>
#include <utility>

#include "upstream/chain_storage.hpp"
#include "upstream/forwarder.hpp"
#include "upstream/lookup_host.hpp"
#include "upstream/validator.hpp"

namespace shirube::upstream {
namespace {

using cache::Usable;
using cache::View;
using wire::Question;
using wire::Type;

void add_addresses(const wire::RRset& rrset, std::vector<wire::Address>& addresses) {
  for (const auto rdata : rrset.rdatas) {
    if (const auto address = read_address(rrset.type, rdata)) addresses.push_back(*address);
  }
}

[[nodiscard]] std::vector<wire::Address> addresses_in(const wire::Answer& answer, Type type) {
  std::vector<wire::Address> addresses;
  for (const auto& rrset : answer.answer) {
    if (rrset.type == type) add_addresses(rrset, addresses);
  }
  return addresses;
}

[[nodiscard]] Failure costs_too_much() {
  Failure failure;
  failure.out_of_budget = true;
  return failure;
}

// The lookup failed a moment ago, in this worker or in another one.
[[nodiscard]] Failure failed_before(const Question& question, const wire::Name& zone, const Route& route,
                                    const cache::Entry& cached) {
  Cause cause{.zone = zone, .complaint = Obstacle::KnownDown, .server_name = question.name};
  cause.earlier = cached.errors;
  if (route.kind == RouteKind::Forward) {
    cause.zone = route.servers->zone;
    cause.asked_as = AskedAs::Forwarder;
  }
  Failure failure;
  failure.add(std::move(cause));
  return failure;
}

}  // namespace

Task<Lookups::Chain> Lookups::ask(Question question, LookupPtr lookup, SettingsPtr settings) {
  if (lookup->key.view == View::Checked && settings->trust.validates())
    co_return co_await ask_and_validate(std::move(question), lookup, settings);
  Manner manner;
  auto chain = co_await ask_by_route(question, lookup, settings, std::move(manner));
  if (!chain) co_return chain;
  lookup->source = chain->source;
  if (!settings->trust.validates()) restore_missing_name(*chain, lookup->budget->effort->judging);
  const bool walked = choose_route(*settings, question).walks();
  const auto rank = walked ? cache::Rank::AuthoritativeAnswer : cache::Rank::Answer;
  if (!chain->is_glue && is_current(*settings))
    store_chain(parts_.cache, *chain, question.type, {rank, lookup->key.view}, now());
  co_return chain;
}

Task<Lookups::Chain> Lookups::ask_by_route(Question question, LookupPtr lookup, SettingsPtr settings,
                                           Manner manner) {
  const AskContext context{parts_.network, memory_,        parts_.statistics,
                           settings.get(), manner.avoided, &parts_.observer};
  const auto route = choose_route(*settings, question);
  if (route.walks()) {
    if (route.kind == RouteKind::Walk) prime_if_due(settings);
    Host host(*this, lookup, settings);
    const WalkContext way{{context, *settings, host, zone_asks_, lookup},
                          parts_.cache,
                          route,
                          lookup->key.purpose,
                          unjudged_view(*settings),
                          manner.minimises && settings->qname_minimisation,
                          settings->trust.validates() &&
                              (lookup->key.view == View::Checked || lookup->key.purpose == Purpose::Proof)};
    auto chain = co_await walk(way, std::move(question));
    co_return chain;
  }
  if (route.kind == RouteKind::Nowhere) {
    Failure failure;
    failure.add({.complaint = Obstacle::NoServers, .asked_as = AskedAs::Forwarder});
    co_return Chain(std::unexpect, std::move(failure));
  }
  const bool unjudged = manner.checking_disabled || lookup->key.view == View::Unchecked;
  AskKey key{.zone = route.servers->zone,
             .question = question,
             .by_hand = route.servers->servers,
             .avoided = manner.avoided,
             .checking_disabled = unjudged};
  const auto run = [&] {
    return forward(context, watch_, *route.servers, question, unjudged, *lookup->budget);
  };
  auto shared = forwarder_asks_.ask(key, lookup, Persistence::AllServers, run);
  auto reply = co_await shared;
  watch_.look_at(*route.servers);
  if (!reply) co_return Chain(std::unexpect, std::move(reply.error()));
  const Purview purview(*settings, route, route.servers->zone);
  auto chain = follow_chain(std::move(reply->answer), question, purview);
  chain.source = reply->source;
  chain.zone = route.servers->zone;
  chain.in_doubt = reply->case_doubt != CaseDoubt::None;
  limit_doubtful(chain);
  co_return Chain(std::move(chain));
}

std::optional<std::vector<wire::Address>> Lookups::own_addresses(const Question& question) const {
  const auto kept =
      cache::assemble(parts_.cache, question, unjudged_view(*settings_), Usable::FreshOnly, now()).whole;
  const bool usable = kept && kept->freshness == cache::Freshness::Fresh && !is_failure(*kept);
  return usable ? std::optional(addresses_in(kept->answer, question.type)) : std::nullopt;
}

std::optional<std::vector<wire::Address>> Lookups::known_addresses(const Question& question,
                                                                   Budget& budget) const {
  if (auto own = own_addresses(question)) return own;
  if (find_denial(question, budget.effort->looks)) return std::vector<wire::Address>{};
  return known_glue(question);
}

// Glue of the zone that the server stands in, if that is walked to at all.
std::optional<std::vector<wire::Address>> Lookups::known_glue(const Question& question) const {
  const auto route = choose_route(*settings_, question);
  if (!route.walks()) return std::nullopt;
  const auto zone = closest_kept_delegation(parts_.cache, Tree(*settings_, route), question.name, now());
  if (zone == nullptr) return std::nullopt;
  const auto is_asked = [&](const wire::RRset& rrset) {
    return rrset.type == question.type && rrset.owner == question.name;
  };
  const auto glue = std::ranges::find_if(zone->proof, is_asked);
  if (glue == zone->proof.end()) return std::nullopt;
  std::vector<wire::Address> addresses;
  add_addresses(*glue, addresses);
  if (addresses.empty()) return std::nullopt;
  return addresses;
}

Task<Lookups::Addresses> Lookups::find_addresses(Question question, AddressSource source, wire::Name zone,
                                                 LookupPtr asker) {
  const bool own_only = source == AddressSource::OwnZone;
  auto known = own_only ? own_addresses(question) : known_addresses(question, *asker->budget);
  if (known) co_return Addresses(std::move(*known));
  const auto view = unjudged_view(*settings_);
  const LookupKey key{question, view, own_only ? Purpose::OwnAddress : Purpose::ServerAddress};
  auto found = co_await look_up_for(key, std::move(zone), std::move(asker));
  if (!found) co_return Addresses(std::unexpect, std::move(found.error()));
  co_return Addresses(addresses_in(found->answer, question.type));
}

Task<std::expected<Lookups::Found, Failure>> Lookups::look_up_for(LookupKey key, wire::Name zone,
                                                                  LookupPtr asker) {
  using Result = std::expected<Found, Failure>;
  const auto& question = key.question;
  const auto hindered = [&](Obstacle what) {
    Failure failure;
    failure.add({zone, {}, what, question.name});
    return Result(std::unexpect, std::move(failure));
  };
  const auto failure = parts_.cache.find_failure({question.name, question.type, key.view}, now());
  if (failure != nullptr && now() < failure->stored + cache::kFirstFailureLifetime)
    co_return Result(std::unexpect,
                     failed_before(question, zone, choose_route(*settings_, question), *failure));
  for (;;) {
    auto lookup = find_under_way(key, means_of(*asker->budget, asker->depth + 1, now()));
    const bool is_new = lookup == nullptr;
    if (is_new) {
      if (asker->depth >= kMaxDepth) co_return hindered(Obstacle::TooDeep);
      const bool for_address = key.purpose == Purpose::ServerAddress || key.purpose == Purpose::OwnAddress;
      if (for_address && !asker->budget->take_address_lookup())
        co_return Result(std::unexpect, costs_too_much());
      lookup = create_for(key, *asker);
      if (lookup == nullptr) co_return hindered(Obstacle::Overloaded);
    } else if (depends_on(*lookup, *asker)) {
      co_return hindered(Obstacle::Cycle);
    }
    // The edge is there before the lookup runs: it may need what waits for it.
    const Waiting edge(*asker, *lookup, lookup->done);
    if (is_new) run(lookup);
    static_cast<void>(co_await lookup->done.wait_until(asker->budget->ends));
    const auto& result = lookup->result;
    const auto& why_not = lookup->failure;
    if (result && !why_not) co_return Result(Found{result->answer, lookup->source});
    // The other lookup had too small a budget; this one has its own.
    const bool was_anothers = lookup->budget != asker->budget;
    const bool has_time = now() < asker->budget->ends;
    if (why_not && was_anothers && lookup->lacked_means && has_time) continue;
    co_return Result(std::unexpect, why_not.value_or(Failure{}));
  }
}

// RFC 9609 §3: the hints only say whom to ask for the root's servers. The walk does not wait for that.
void Lookups::prime_if_due(const SettingsPtr& settings) {
  if (primes_ || now() < next_priming_ || settings->root_hints.empty()) return;
  if (parts_.cache.find_delegation(wire::Name(), now()) != nullptr) return;
  primes_ = true;
  running_.spawn(prime(settings));
}

Task<void> Lookups::prime(SettingsPtr settings) {
  co_await learn_root_servers(std::move(settings));
  primes_ = false;
}

// The hints are used until the priming answer is validated.
Task<void> Lookups::learn_root_servers(SettingsPtr settings) {
  const Question question{wire::Name(), Type::NS};
  const auto hints = root_hints(*settings);
  auto owner = std::make_shared<Lookup>(parts_.network, LookupKey{question}, budget_for({}), 0);
  Host host(*this, owner, settings);
  const AskContext context{parts_.network, memory_, parts_.statistics, settings.get(), {}, &parts_.observer};
  const ZoneContext zone_context{context, *settings, host, zone_asks_, owner};
  AddressAllowance allowance;
  auto reply = co_await ask_zone(zone_context, hints, allowance, question, Persistence::AllServers);
  next_priming_ = now() + kPrimingRetry;
  if (!reply) co_return;
  auto primed = read_priming(reply->answer);
  if (!primed || primed->glue.empty()) co_return;
  // Whoever validates has the root's own word looked at: the keys are then known from the first second on.
  AnswerChain word;
  word.kind = ChainEnd::Data;
  word.data.push_back(std::move(primed->servers));
  if (settings->trust.validates()) {
    const auto judged = co_await judge(word, question, owner, settings);
    count(*owner->budget->effort);
    if (dnssec::is_bogus_or_worse(judged.verdict.status)) co_return;
  }
  if (!is_current(*settings)) co_return;
  parts_.cache.store_delegation(word.data.front(), primed->glue, wire::Instant::max(), now());
  store_chain(parts_.cache, word, question.type, {cache::Rank::AuthoritativeAnswer}, now());
}

}  // namespace shirube::upstream
