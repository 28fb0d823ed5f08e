#include "upstream/lookups.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "upstream/answer_chain.hpp"
#include "upstream/route.hpp"

namespace shirube::upstream {
namespace {

using cache::CachedAnswer;
using cache::Usable;
using cache::View;
using wire::Instant;
using wire::Question;

// What the lookup itself brought, for what the cache does not keep: ANY, TTL 0, denials without SOA.
[[nodiscard]] CachedAnswer answer_of(AnswerChain chain, Instant now) {
  CachedAnswer found;
  found.answer.authentic = is_secure(chain);
  if (chain.kind == ChainEnd::NxDomain) found.answer.rcode = wire::Rcode::NxDomain;
  if (chain.kind == ChainEnd::NameTooLong) found.answer.rcode = wire::Rcode::YxDomain;
  found.answer.answer = std::move(chain.aliases);
  std::ranges::move(chain.data, std::back_inserter(found.answer.answer));
  found.answer.authority = std::move(chain.proof);
  for (auto& vouching : chain.alias_vouching)
    std::ranges::move(vouching.proof, std::back_inserter(found.answer.authority));
  std::ranges::move(chain.vouching.proof, std::back_inserter(found.answer.authority));
  found.expires = now + wire::Seconds{wire::lowest_ttl(found.answer).value_or(0)};
  return found;
}

// The TTLs that the cache would store, also for parts that are not stored.
void limit_ttls(const cache::AnswerCache& cache, AnswerChain& chain) {
  const auto limit = [&cache](wire::RRset& rrset, bool secure) {
    rrset.ttl = cache.limited_ttl(rrset, secure ? cache::Rank::Validated : cache::Rank::Answer);
  };
  for (std::size_t i = 0; i < chain.aliases.size(); ++i)
    limit(chain.aliases[i], i < chain.alias_vouching.size() && chain.alias_vouching[i].secure);
  for (auto& rrset : chain.data) limit(rrset, chain.vouching.secure);
}

// The aliases that led from the question to where a lookup stands.
struct Trail {
  std::vector<wire::RRset> aliases = {};
  std::vector<wire::RRset> proof = {};  // of those that were made from wildcards
  bool authentic = true;                // all of it
  void take(AnswerChain chain) {
    authentic = authentic && is_secure(chain);
    std::ranges::move(chain.aliases, std::back_inserter(aliases));
    for (auto& vouching : chain.alias_vouching) std::ranges::move(vouching.proof, std::back_inserter(proof));
  }
  void take(cache::PartialAnswer part) {
    authentic = authentic && part.authentic;
    std::ranges::move(part.chain, std::back_inserter(aliases));
    std::ranges::move(part.proof, std::back_inserter(proof));
  }
};

// The aliases that led here go in front of what stands at their end.
[[nodiscard]] CachedAnswer behind(const Trail& trail, CachedAnswer found, Instant now) {
  if (found.answer.rcode == wire::Rcode::ServFail) return found;
  auto& answer = found.answer;
  answer.answer.insert(answer.answer.begin(), trail.aliases.begin(), trail.aliases.end());
  std::ranges::copy(trail.proof, std::back_inserter(answer.authority));
  answer.authentic = answer.authentic && trail.authentic;
  for (const auto& alias : trail.aliases)
    found.expires = std::min(found.expires, now + wire::Seconds{alias.ttl});
  return found;
}

// The time that a lookup gets when it begins again: bounds how long a dead zone holds a place.
constexpr wire::Duration kMoreTime = std::chrono::seconds{2};
// How many are looked at for one that may go.
constexpr std::size_t kMostToShedFrom = 16;

// What `counted` lacks of `spent`, which it has then; others may count at the same time.
[[nodiscard]] unsigned newly(dnssec::Effort::Count& counted, unsigned spent) {
  unsigned before = counted;
  while (before < spent && !counted.compare_exchange_weak(before, spent)) {
  }
  return before < spent ? spent - before : 0;
}

[[nodiscard]] Failure alias_failure() {
  Failure loop;
  loop.from_peer.push_back({wire::Ede::InvalidData, "too many aliases, or a loop of aliases"});
  return loop;
}

}  // namespace

CachedAnswer failed_answer(std::vector<wire::ExtendedError> errors, Instant now, wire::Duration reuse) {
  CachedAnswer failed;
  failed.answer.rcode = wire::Rcode::ServFail;
  failed.answer.errors = std::move(errors);
  failed.expires = now + reuse;
  return failed;
}

LookupPtr Lookups::join(const LookupKey& key, Share share) {
  const auto part = share.part;
  auto budget = budget_for(std::move(share));
  if (auto under_way = find_under_way(key, means_of(*budget, 0, now()))) {
    ++parts_.statistics.coalesced;
    under_way->joined = now();
    return under_way;
  }
  auto lookup = create(key, std::move(budget), part);
  if (lookup != nullptr) run(lookup);
  return lookup;
}

bool Lookups::start(const LookupKey& key, Share share, Lookup* asker) {
  if (lookups_.contains(key) || !has_room(share.client, asker)) return false;
  const auto part = share.part;
  const auto lookup = create(key, budget_for(std::move(share)), part);
  if (lookup == nullptr) return false;
  lookup->renews = true;
  // While it runs on the asker's stack: what it begins must not shed the asker.
  std::optional<Waiting> edge;
  if (asker != nullptr) edge.emplace(*asker, *lookup, lookup->done);
  run(lookup);
  return true;
}

bool Lookups::has_room(ClientId client, const Lookup* asker) {
  // A replaced lookup still runs.
  const auto under_way = std::max(lookups_.size(), by_age_.size());
  if (under_way < kMaxLookups || shed_from_largest(client, asker) || shed_oldest(asker)) return true;
  ++parts_.statistics.overloads;
  return false;
}

BudgetPtr Lookups::budget_for(Share share) const {
  auto effort = share.effort != nullptr ? std::move(share.effort) : full_effort();
  return std::make_shared<Budget>(Budget{.effort = std::move(effort),
                                         .apart = std::move(share.apart),
                                         .client = share.client,
                                         .ends = now() + kMaxLookupTime});
}

LookupPtr Lookups::create(const LookupKey& key, BudgetPtr budget, Part part) {
  if (!has_room(budget->client, nullptr)) return nullptr;
  auto lookup = std::make_shared<Lookup>(parts_.network, key, std::move(budget), 0);
  lookup->part = part;
  return add(std::move(lookup));
}

LookupPtr Lookups::create_for(const LookupKey& key, const Lookup& asker) {
  if (!has_room(asker.budget->client, &asker)) return nullptr;
  return add(std::make_shared<Lookup>(parts_.network, key, asker.budget, asker.depth + 1));
}

LookupPtr Lookups::add(LookupPtr lookup) {
  ++parts_.statistics.lookups;
  lookup->began = now();
  lookup->means = means_now(*lookup);
  lookups_.insert_or_assign(lookup->key, lookup);
  holders_.take(lookup->budget->client);
  return lookup;
}

LookupPtr Lookups::find_under_way(const LookupKey& key, Means means) const {
  const auto found = lookups_.find(key);
  if (found == lookups_.end()) return nullptr;
  const bool has_less = found->second->means == Means::Scarce && means > Means::Scarce;
  return has_less ? nullptr : found->second;
}

// Other lookups for the same client's answer spend the same cryptography budget at the same time.
Means Lookups::means_now(const Lookup& lookup) const {
  const auto means = means_of(*lookup.budget, lookup.depth, now());
  return lookup.part == Part::Beside ? std::min(means, Means::Ample) : means;
}

void Lookups::run(const LookupPtr& lookup) {
  lookup->task = running_.spawn(run_lookup(lookup));
  if (!lookup->result) by_age_.emplace(lookup->task, lookup);
}

// Never one that waits for the asker, by whatever way: its coroutine may be running just now.
bool Lookups::shed_oldest(const Lookup* asker) {
  LookupPtr oldest;
  std::size_t looked_at = 0;
  for (const auto& [task, lookup] : by_age_) {
    if (++looked_at > kMostToShedFrom || now() - lookup->began < kShedAfter) break;
    if (asker != nullptr && depends_on(*lookup, *asker)) continue;
    oldest = lookup;
    break;
  }
  if (oldest == nullptr) return false;
  shed(*oldest);
  return true;
}

// The oldest lookup of the client that has most, if `newcomer` would still have fewer.
bool Lookups::shed_from_largest(ClientId newcomer, const Lookup* asker) {
  const auto largest = holders_.largest();
  if (holders_.of(newcomer) + 1 >= largest.places) return false;
  const auto oldest = std::ranges::find_if(by_age_, [&](const auto& entry) {
    const auto& lookup = *entry.second;
    return lookup.budget->client == largest.client && (asker == nullptr || !depends_on(lookup, *asker));
  });
  if (oldest == by_age_.end()) return false;
  const auto lookup = oldest->second;
  shed(*lookup);
  return true;
}

// Clients of other shares that wait for it begin their own.
void Lookups::shed(Lookup& lookup) {
  lookup.lacked_means = true;
  abandon(lookup, "dropped: too many lookups are under way");
  ++parts_.statistics.overloads;
}

void Lookups::abandon(Lookup& lookup, const char* reason) {
  running_.cancel(lookup.task);
  std::vector<wire::ExtendedError> errors{{wire::Ede::NotReady, reason}};
  lookup.failure.emplace().add({wire::Name(), {}, Obstacle::Overloaded});
  end(lookup, failed_answer(std::move(errors), now()));
}

void Lookups::set_settings(SettingsPtr settings) {
  const auto outdated = outdated_by(*settings_, *settings);
  settings_ = std::move(settings);
  watch_.set_settings(*settings_);
  if (outdated.nothing()) return;
  // Drops what was validated or asked under the old settings, so that it is not served even as stale:
  // verdicts on zones, validated and unvalidated records, denial ranges and cached failures.
  trust_memory_ = std::make_shared<TrustMemory>(hash_);
  drop(parts_.cache, outdated);
  std::vector<LookupPtr> to_end;
  for (const auto& [task, lookup] : by_age_) {
    if (outdated.everything() || outdated.holds(lookup->key.question.name)) to_end.push_back(lookup);
  }
  for (const auto& lookup : to_end) {
    if (!lookup->result) abandon(*lookup, "the configuration of this zone has changed");
  }
}

void Lookups::end(Lookup& lookup, CachedAnswer result) {
  lookup.result.emplace(std::move(result));
  const auto mine = lookups_.find(lookup.key);
  if (mine != lookups_.end() && mine->second.get() == &lookup) lookups_.erase(mine);
  holders_.give_back(lookup.budget->client);
  by_age_.erase(lookup.task);
  if (lookup.depth == 0) count(*lookup.budget->effort);
  lookup.done.fire();
}

void Lookups::count(QueryEffort& effort) {
  auto& sum = parts_.statistics;
  sum.signature_checks +=
      newly(effort.counted_checks, dnssec::kMaxSignatureChecks - effort.judging.checks_left);
  sum.failed_checks +=
      newly(effort.counted_failures, dnssec::kMaxFailedChecks - effort.judging.failures_left);
  sum.nsec3_hashes += newly(effort.counted_hashes,
                            dnssec::kMaxNsec3Hashes - effort.judging.hashes_left - effort.looks.hashes_left);
}

Task<void> Lookups::run_lookup(LookupPtr lookup) {
  auto result = co_await follow_aliases(lookup);
  if (lookup->begins_again) {
    lookup->budget->ends = std::max(lookup->budget->ends, now() + kMoreTime);
    result = co_await follow_aliases(lookup);
  }
  const auto& key = lookup->key;
  if (!lookup->failure) parts_.cache.forget_failure({key.question.name, key.question.type, key.view});
  end(*lookup, std::move(result));
}

Task<CachedAnswer> Lookups::follow_aliases(LookupPtr lookup) {
  const auto settings = settings_;
  const auto view = lookup->key.view;
  const bool follows = lookup->key.purpose != Purpose::Proof;
  Trail trail;
  for (Asked current{lookup->key.question, lookup->means};;) {
    auto chain = co_await ask(current.question, lookup, settings);
    if (!chain) co_return fail(current, *lookup, std::move(chain.error()));
    limit_ttls(parts_.cache, *chain);
    if (!follows) co_return answer_of(std::move(*chain), now());
    const auto links = count_links(trail.aliases) + count_links(chain->aliases);
    if (chain->kind == ChainEnd::TooLong || links > cache::kMaxAliases)
      co_return fail({lookup->key.question, lookup->means}, *lookup, alias_failure());
    if (chain->kind != ChainEnd::Elsewhere) {
      auto kept = cache::assemble(parts_.cache, current.question, view, Usable::FreshOnly, now()).whole;
      const bool usable = kept && kept->freshness == cache::Freshness::Fresh && !is_failure(*kept);
      co_return behind(trail, usable ? std::move(*kept) : answer_of(std::move(*chain), now()), now());
    }
    current.question.name = chain->end;
    trail.take(std::move(*chain));
    auto known = cache::assemble(parts_.cache, current.question, view, Usable::FreshOnly, now());
    current.means = std::min(means_now(*lookup), Means::Ample);
    // A prefetch re-queries entries past `refresh_at`; any lookup re-queries a cached failure.
    const bool is_due = known.whole && now() >= known.whole->refresh_at;
    if (is_due && (lookup->renews || is_failure(*known.whole))) continue;
    const auto& more = known.whole ? known.whole->answer.answer : known.partial.chain;
    if (links + count_links(more) > cache::kMaxAliases)
      co_return fail({lookup->key.question, lookup->means}, *lookup, alias_failure());
    if (known.whole) co_return behind(trail, std::move(*known.whole), now());
    current.question = known.partial.next;
    trail.take(std::move(known.partial));
    if (auto denial = find_denial(current.question, lookup->budget->effort->looks))
      co_return behind(trail, std::move(*denial), now());
  }
}

// A client joined the lookup after its last packet, so no packet was sent for this client, and the servers
// may be well by now. A lookup begins again once at most, and with what is left of its packets.
bool Lookups::may_begin_again(const Lookup& lookup, const Failure& failure) const {
  const bool is_of_servers = failure.last_sent > wire::Instant::min() && failure.tells_news() &&
                             !failure.is_own_trouble() && !failure.is_bogus();
  return lookup.depth == 0 && !lookup.begins_again && is_of_servers && lookup.joined > failure.last_sent &&
         lookup.budget->packets_left() > 0;
}

// If a failure may come from one client's limits, it is cached only for a question that began with the full
// budget. The same question then fails again, and other questions are not affected.
CachedAnswer Lookups::fail(Asked asked, Lookup& lookup, Failure failure) {
  if (may_begin_again(lookup, failure)) {
    lookup.begins_again = true;
    return {};
  }
  auto errors = extended_errors(failure);
  const bool hangs_on_asker = failure.hangs_on_asker() || is_spent(*lookup.budget, now());
  const auto least = hangs_on_asker ? Means::Full : Means::Ample;
  if (asked.means < least) asked = {lookup.key.question, lookup.means};
  lookup.lacked_means = asked.means < least;
  // A failure that only repeats a cached one is not cached again: the fault may be over by then.
  const bool known_before = !failure.causes.empty() && !failure.tells_news();
  if (!failure.is_own_trouble() && !lookup.lacked_means && !known_before)
    parts_.cache.store_failure({asked.question.name, asked.question.type, lookup.key.view}, errors, now(),
                               failure.is_bogus() ? cache::Stale::Barred : cache::Stale::Serves);
  if (lookup.depth == 0) {
    ++parts_.statistics.failures;
    parts_.observer.lookup_failed(asked.question, failure);
  }
  lookup.failure.emplace(std::move(failure));
  return failed_answer(std::move(errors), now());
}

// Only top-level domains are denied with all that stands below them.
std::optional<CachedAnswer> Lookups::find_denial(const Question& question, dnssec::Effort& effort) const {
  if (settings_->trust.validates()) return find_proven(question, effort);
  if (question.name.label_count() < 2) return std::nullopt;
  const auto top = question.name.suffix(1);
  const auto denial = parts_.cache.find_subtree_denial(top, now());
  if (denial == nullptr) return std::nullopt;
  if (choose_route(*settings_, {top, question.type}) != choose_route(*settings_, question))
    return std::nullopt;
  const auto left = std::chrono::ceil<wire::Seconds>(denial->expires() - now());
  CachedAnswer found;
  found.answer.rcode = wire::Rcode::NxDomain;
  found.answer.authority = denial->proof;
  for (auto& rrset : found.answer.authority) rrset.ttl = static_cast<std::uint32_t>(left.count());
  found.expires = denial->expires();
  return found;
}

}  // namespace shirube::upstream
