// Where a lookup gets its answer from: the route of its question, the addresses of servers on the way, and
// the priming of the root.
#include <algorithm>
#include <utility>

#include "upstream/chain_storage.hpp"
#include "upstream/forwarder.hpp"
#include "upstream/lookups.hpp"

namespace shirube::upstream {
namespace {

using cache::Usable;
using cache::View;
using wire::Question;
using wire::Type;

[[nodiscard]] std::vector<wire::Address> addresses_in(const wire::Answer& answer, Type type) {
  std::vector<wire::Address> addresses;
  for (const auto& rrset : answer.answer) {
    if (rrset.type != type) continue;
    for (const auto rdata : rrset.rdatas) {
      if (const auto address = read_address(type, rdata)) addresses.push_back(*address);
    }
  }
  return addresses;
}

[[nodiscard]] Failure costs_too_much() {
  Failure failure;
  failure.out_of_budget = true;
  return failure;
}

}  // namespace

// What the walk of one lookup asks for on the side.
class Lookups::Host final : public WalkHost {
 public:
  Host(Lookups& lookups, LookupPtr walking) : lookups_(lookups), walking_(std::move(walking)) {}

  [[nodiscard]] std::vector<wire::Address> known(const wire::Name& server, Type type) const override {
    return lookups_.known_addresses({server, type}).value_or(std::vector<wire::Address>{});
  }
  [[nodiscard]] Task<Addresses> find(wire::Name server, Type type, wire::Name zone) override {
    return lookups_.find_addresses({std::move(server), type}, std::move(zone), walking_);
  }
  [[nodiscard]] std::unique_ptr<Step> begin_step(const wire::Name& zone, const wire::Name& name) override {
    return std::make_unique<Taken>(lookups_, StepKey{zone, name}, walking_);
  }
  [[nodiscard]] Task<bool> wait_for_step(wire::Name zone, wire::Name name) override {
    return wait(&lookups_, StepKey{std::move(zone), std::move(name)}, walking_);
  }

 private:
  // Of several walks that take a step the first is waited for.
  class Taken final : public Step {
   public:
    Taken(Lookups& lookups, StepKey key, const LookupPtr& walking) : lookups_(lookups), key_(std::move(key)) {
      auto mine = std::make_shared<StepUnderWay>(lookups.parts_.network, walking);
      if (lookups.steps_.try_emplace(key_, mine).second) mine_ = std::move(mine);
    }
    ~Taken() override {
      if (mine_ == nullptr) return;
      lookups_.steps_.erase(key_);
      mine_->done.fire();
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

   private:
    Lookups& lookups_;
    StepKey key_;
    StepPtr mine_;
  };
  static Task<bool> wait(Lookups* lookups, StepKey key, LookupPtr walking) {
    const auto found = lookups->steps_.find(key);
    if (found == lookups->steps_.end()) co_return false;
    const auto step = found->second;
    if (depends_on(*step->owner, *walking)) co_return false;
    const Waiting edge(*walking, *step->owner);
    ++lookups->parts_.statistics.coalesced;
    const auto limit = std::min(walking->budget->ends, lookups->now() + kStepPatience);
    co_return co_await step->done.wait_until(limit);
  }

  Lookups& lookups_;
  LookupPtr walking_;
};

Task<std::expected<AnswerChain, Failure>> Lookups::ask(Question question, LookupPtr lookup,
                                                       SettingsPtr settings) {
  using Result = std::expected<AnswerChain, Failure>;
  const AskContext context{parts_.network, memory_, parts_.statistics};
  const auto view = lookup->key.view;
  const auto route = choose_route(*settings, question);
  if (route.walks()) {
    if (route.kind == RouteKind::Walk) prime_if_due(settings);
    Host host(*this, lookup);
    const WalkContext way{
        {context, *settings, host, *lookup->budget}, parts_.cache, route, lookup->key.purpose};
    auto chain = co_await walk(way, question);
    if (chain && !chain->is_glue) {
      store_chain(parts_.cache, *chain, question.type, {cache::Rank::AuthoritativeAnswer, view}, now());
    }
    co_return std::move(chain);
  }
  if (route.kind == RouteKind::Nowhere) {
    Failure failure;
    failure.add({wire::Name(), {}, Obstacle::NoServers});
    co_return Result(std::unexpect, std::move(failure));
  }
  auto reply = co_await forward(context, *route.servers, question, view == View::Unchecked, *lookup->budget);
  if (!reply) co_return Result(std::unexpect, std::move(reply.error()));
  const Purview purview(*settings, route, route.servers->zone);
  auto chain = follow_chain(std::move(*reply), question, purview);
  store_chain(parts_.cache, chain, question.type, {cache::Rank::Answer, view}, now());
  co_return Result(std::move(chain));
}

std::optional<std::vector<wire::Address>> Lookups::known_addresses(const Question& question) const {
  const auto kept = cache::assemble(parts_.cache, question, View::Checked, Usable::FreshOnly, now()).whole;
  if (kept && kept->freshness == cache::Freshness::Fresh && kept->answer.rcode != wire::Rcode::ServFail)
    return addresses_in(kept->answer, question.type);
  if (!kept && find_denial(question)) return std::vector<wire::Address>{};
  return known_glue(question);
}

// Glue of the zone that the server stands in, if that is walked to at all.
std::optional<std::vector<wire::Address>> Lookups::known_glue(const Question& question) const {
  const auto route = choose_route(*settings_, question);
  if (!route.walks()) return std::nullopt;
  const auto zone = closest_delegation(parts_.cache, Tree(*settings_, route), question.name, now());
  if (!zone) return std::nullopt;
  const auto server = std::ranges::find(zone->servers, question.name, &NameServer::name);
  if (server == zone->servers.end()) return std::nullopt;
  const auto family = question.type == Type::A ? wire::Family::V4 : wire::Family::V6;
  auto addresses = server->addresses;
  std::erase_if(addresses, [family](const wire::Address& address) { return address.family != family; });
  if (addresses.empty()) return std::nullopt;
  return addresses;
}

Task<Lookups::Addresses> Lookups::find_addresses(Question question, wire::Name zone, LookupPtr asker) {
  const auto hindered = [&](Obstacle what) {
    Failure failure;
    failure.add({zone, {}, what, question.name});
    return Addresses(std::unexpect, std::move(failure));
  };
  if (auto known = known_addresses(question)) co_return Addresses(std::move(*known));
  const auto failure = parts_.cache.find_failure({question.name, question.type}, now());
  if (failure != nullptr && now() < failure->stored + cache::kFirstFailureLifetime)
    co_return hindered(Obstacle::KnownDown);
  const LookupKey key{question, View::Checked, Purpose::ServerAddress};
  for (;;) {
    LookupPtr lookup;
    const auto under_way = lookups_.find(key);
    const bool is_new = under_way == lookups_.end();
    if (is_new) {
      if (asker->depth >= kMaxDepth) co_return hindered(Obstacle::TooDeep);
      if (!asker->budget->take_address_lookup()) co_return Addresses(std::unexpect, costs_too_much());
      lookup = create(key, asker.get());
      if (lookup == nullptr) co_return hindered(Obstacle::Overloaded);
    } else {
      if (depends_on(*under_way->second, *asker)) co_return hindered(Obstacle::Cycle);
      lookup = under_way->second;
    }
    // The edge is there before the lookup runs: it may need what waits for it.
    const Waiting edge(*asker, *lookup);
    if (is_new) run(lookup);
    static_cast<void>(co_await lookup->done.wait_until(asker->budget->ends));
    const auto& result = lookup->result;
    const auto& why_not = lookup->failure;
    if (result && !why_not) co_return Addresses(addresses_in(result->answer, question.type));
    // Another's lookup that ran out of what its client may cost: we have our own.
    const bool was_anothers = lookup->budget != asker->budget;
    if (why_not && was_anothers && why_not->hangs_on_asker()) continue;
    co_return Addresses(std::unexpect, why_not.value_or(Failure{}));
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
  const Question question{wire::Name(), Type::NS};
  const auto hints = root_hints(*settings);
  auto owner = std::make_shared<Lookup>(parts_.network, LookupKey{question},
                                        std::make_shared<Budget>(Budget{.ends = now() + kMaxLookupTime}), 0);
  Host host(*this, owner);
  const AskContext context{parts_.network, memory_, parts_.statistics};
  const ZoneContext zone_context{context, *settings, host, *owner->budget};
  AddressAllowance allowance;
  auto reply = co_await ask_zone(zone_context, hints, allowance, question, Persistence::AllServers);
  primes_ = false;
  next_priming_ = now() + kPrimingRetry;
  if (!reply) co_return;
  const auto primed = read_priming(reply->answer);
  if (!primed || primed->glue.empty()) co_return;
  parts_.cache.store_delegation(primed->servers, primed->glue, wire::Instant::max(), now());
  parts_.cache.store_data(primed->servers, cache::Rank::AuthoritativeAnswer, View::Checked, now());
}

}  // namespace shirube::upstream
