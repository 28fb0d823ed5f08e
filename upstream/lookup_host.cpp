#include "upstream/lookup_host.hpp"

#include <algorithm>

#include "upstream/chain_storage.hpp"
#include "upstream/delegation.hpp"

namespace shirube::upstream {

using cache::Usable;
using cache::View;

std::vector<wire::Address> Lookups::Host::known(const wire::Name& server, wire::Type type,
                                                AddressSource source) const {
  auto known = source == AddressSource::OwnZone ? lookups_.own_addresses({server, type})
                                                : lookups_.known_addresses({server, type}, *asker_->budget);
  return std::move(known).value_or(std::vector<wire::Address>{});
}

Task<Lookups::Addresses> Lookups::Host::find(wire::Name server, wire::Type type, AddressSource source,
                                             wire::Name zone) {
  return lookups_.find_addresses({std::move(server), type}, source, std::move(zone), asker_);
}

std::unique_ptr<WalkHost::Step> Lookups::Host::begin_step(const wire::Name& zone, const wire::Name& name) {
  return std::make_unique<Taken<Step>>(lookups_, StepKey{zone, name}, asker_);
}

Task<bool> Lookups::Host::wait_for_step(wire::Name zone, wire::Name name) {
  return wait(&lookups_, StepKey{std::move(zone), std::move(name)}, asker_);
}

std::unique_ptr<TrustHost::Turn> Lookups::Host::begin_turn(const wire::Name& zone) {
  return std::make_unique<Taken<Turn>>(lookups_, StepKey{zone, zone, StepKind::Trust}, asker_);
}

Task<bool> Lookups::Host::wait_for_turn(wire::Name zone) {
  auto name = zone;
  return wait(&lookups_, StepKey{std::move(zone), std::move(name), StepKind::Trust}, asker_);
}

Task<bool> Lookups::Host::wait(Lookups* lookups, StepKey key, LookupPtr asker) {
  const auto found = lookups->steps_.find(key);
  if (found == lookups->steps_.end()) co_return false;
  const auto step = found->second;
  if (depends_on(*step->owner, *asker)) co_return false;
  const Waiting edge(*asker, *step->owner, step->done);
  ++lookups->parts_.statistics.coalesced;
  const auto limit = std::min(asker->budget->ends, lookups->now() + kStepPatience);
  co_return co_await step->done.wait_until(limit);
}

// A probe waits for nothing else, so lookups that wait for a probe form no circle.
Task<void> Lookups::Host::probe(wire::Name zone, ServerQuery query) {
  StepKey key{zone, zone, StepKind::Probe};
  auto& lookups = lookups_;
  const auto asker = asker_;
  if (const auto found = lookups.steps_.find(key); found != lookups.steps_.end()) {
    const StepPtr other = found->second;
    static_cast<void>(co_await other->done.wait_until(asker->budget->ends));
    co_return;
  }
  const Taken<Step> mine(lookups, std::move(key), asker);
  const auto& parts = lookups.parts_;
  const AskContext context{parts.network, lookups.memory_, parts.statistics, nullptr, {}, &parts.observer};
  auto asked = ask_server(context, std::move(query), *asker->budget);
  static_cast<void>(co_await asked);
}

void Lookups::Host::probe_patiently(ServerQuery query) {
  if (lookups_.patient_probes_ >= kMaxPatientProbes || lookups_.parts_.network.is_crowded()) return;
  lookups_.memory_.at(query.server).probed_patiently = lookups_.now();
  lookups_.running_.spawn(run_patient_probe(&lookups_, std::move(query)));
}

Task<void> Lookups::Host::run_patient_probe(Lookups* lookups, ServerQuery query) {
  ++lookups->patient_probes_;
  const auto& parts = lookups->parts_;
  const AskContext context{parts.network, lookups->memory_, parts.statistics, nullptr, {}, &parts.observer};
  Budget budget{.effort = full_effort(), .ends = lookups->now() + query.patience};
  auto asked = ask_server(context, std::move(query), budget);
  static_cast<void>(co_await asked);
  --lookups->patient_probes_;
}

Task<std::expected<TrustHost::Heard, Failure>> Lookups::Host::fetch(wire::Question question,
                                                                    Distrust distrust) {
  using Result = std::expected<Heard, Failure>;
  auto& cache = lookups_.parts_.cache;
  if (distrust.of_cache) {
    Manner manner{.avoided = std::move(distrust.servers), .checking_disabled = true};
    auto chain = co_await lookups_.ask_by_route(question, asker_, settings_, std::move(manner));
    if (!chain) co_return Result(std::unexpect, std::move(chain.error()));
    store_chain(cache, *chain, question.type, {cache::Rank::AuthoritativeAnswer, View::Unchecked},
                lookups_.now());
    Heard heard{.source = chain->source};
    heard.answer.answer = std::move(chain->aliases);
    std::ranges::move(chain->data, std::back_inserter(heard.answer.answer));
    heard.answer.authority = std::move(chain->proof);
    co_return Result(std::move(heard));
  }
  auto known = cache::assemble(cache, question, View::Unchecked, Usable::FreshOnly, lookups_.now()).whole;
  if (known && known->freshness == cache::Freshness::Fresh && !is_failure(*known))
    co_return Result(Heard{std::move(known->answer), {}});
  if (auto denial = lookups_.find_denial(question, asker_->budget->effort->looks))
    co_return Result(Heard{std::move(denial->answer), {}});
  const LookupKey key{question, View::Unchecked, Purpose::Proof};
  auto found = co_await lookups_.look_up_for(key, question.name, asker_);
  if (!found) co_return Result(std::unexpect, std::move(found.error()));
  co_return Result(Heard{std::move(found->answer), found->source});
}

bool Lookups::Host::ask_with_edns_again(const Source& source) { return lookups_.ask_with_edns_again(source); }

void Lookups::Host::keep(const wire::RRset& validated, wire::Instant signed_until) {
  if (!lookups_.is_current(*settings_)) return;
  lookups_.parts_.cache.store_data(validated, cache::Rank::Validated, View::Checked, lookups_.now(), {},
                                   signed_until);
}

void Lookups::Host::found(const wire::Name& zone, const dnssec::Verdict* before, const dnssec::Verdict& now) {
  auto& observer = lookups_.parts_.observer;
  if (!observer.wants_details() || (before != nullptr && *before == now)) return;
  observer.trust_changed({.zone = zone, .before = before, .now = now});
}

std::vector<wire::RRset> Lookups::Host::referral_proof(const wire::Name& zone) const {
  const auto delegation = lookups_.parts_.cache.find_delegation(zone, lookups_.now());
  return delegation == nullptr ? std::vector<wire::RRset>{} : security_in(*delegation, lookups_.now());
}

bool Lookups::Host::knows_cut(const wire::Name& zone) const {
  return lookups_.parts_.cache.find_delegation(zone, lookups_.now()) != nullptr;
}

}  // namespace shirube::upstream
