#include "upstream/resolver.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "upstream/answer_chain.hpp"
#include "upstream/forwarder.hpp"
#include "upstream/route.hpp"

namespace shirube::upstream {
namespace {

using cache::CachedAnswer;
using cache::Freshness;
using cache::Usable;
using cache::View;
using wire::Instant;
using wire::Question;

// How long a finished packet with a failure may be sent again without looking: as the failure cache's first
// step.
constexpr wire::Duration kFailureReuse = cache::kFirstFailureLifetime;

[[nodiscard]] CachedAnswer failed_answer(std::vector<wire::ExtendedError> errors, Instant now,
                                         wire::Duration reuse = kFailureReuse) {
  CachedAnswer failed;
  failed.answer.rcode = wire::Rcode::ServFail;
  failed.answer.errors = std::move(errors);
  failed.expires = now + reuse;
  return failed;
}

[[nodiscard]] CachedAnswer marked_stale(CachedAnswer stale, Instant now) {
  for (auto& error : stale.answer.errors) error.text = "upstream does not answer";
  stale.expires = now + kFailureReuse;
  stale.refresh_at = Instant::max();
  return stale;
}

[[nodiscard]] bool is_failure(const CachedAnswer& found) {
  return found.answer.rcode != wire::Rcode::NoError && found.answer.rcode != wire::Rcode::NxDomain;
}

// What the lookup itself brought, for what the cache does not keep: ANY, TTL 0, denials without SOA.
[[nodiscard]] CachedAnswer answer_of(AnswerChain chain, Instant now) {
  CachedAnswer found;
  found.answer.rcode = chain.kind == ChainEnd::NxDomain ? wire::Rcode::NxDomain : wire::Rcode::NoError;
  found.answer.answer = std::move(chain.aliases);
  std::ranges::move(chain.data, std::back_inserter(found.answer.answer));
  found.answer.authority = std::move(chain.proof);
  found.expires = now + wire::Seconds{wire::lowest_ttl(found.answer).value_or(0)};
  return found;
}

// The aliases that led here go in front of what stands at their end.
[[nodiscard]] CachedAnswer behind(const std::vector<wire::RRset>& aliases, CachedAnswer found, Instant now) {
  auto& records = found.answer.answer;
  records.insert(records.begin(), aliases.begin(), aliases.end());
  for (const auto& alias : aliases) found.expires = std::min(found.expires, now + wire::Seconds{alias.ttl});
  return found;
}

}  // namespace

struct Resolver::Lookup {
  Lookup(Network& network, LookupKey asked) : key(std::move(asked)), done(network) {}
  LookupKey key;
  Pulse done;
  std::optional<CachedAnswer> result;
  Instant began{};
  std::size_t task = std::numeric_limits<std::size_t>::max();  // in running_, once it waits there
};

std::size_t Resolver::LookupKeyHash::operator()(const LookupKey& key) const {
  const auto type = static_cast<std::size_t>(key.question.type);
  return key.question.name.hash() ^ (type * 0x9E3779B97F4A7C15U) ^ static_cast<std::size_t>(key.view);
}

Resolver::Resolver(Network& network, cache::AnswerCache& cache, SettingsPtr settings, Observer& observer)
    : network_(network), cache_(cache), settings_(std::move(settings)), observer_(observer) {}

Resolver::~Resolver() = default;

Task<CachedAnswer> Resolver::resolve(Question question, View view, Instant deadline) {
  const auto asked_at = network_.now();
  auto fresh = cache::assemble(cache_, question, view, Usable::FreshOnly, asked_at);
  if (fresh.whole) {
    // Stale here means that a failure is remembered, which bars asking again.
    if (fresh.whole->freshness == Freshness::Stale) {
      ++statistics_.stale_answers;
      co_return marked_stale(std::move(*fresh.whole), asked_at);
    }
    if (view == View::Checked && asked_at >= fresh.whole->refresh_at) prefetch(question);
    co_return std::move(*fresh.whole);
  }
  auto stale = cache::assemble(cache_, question, view, Usable::StaleToo, asked_at).whole;
  const auto lookup = join_lookup(LookupKey{question, view});
  if (lookup == nullptr) {
    if (stale) co_return marked_stale(std::move(*stale), asked_at);
    std::vector<wire::ExtendedError> errors{{wire::Ede::NotReady, "too many lookups under way"}};
    co_return failed_answer(std::move(errors), asked_at);
  }
  const auto patience = stale ? std::min(deadline, asked_at + kStaleAfter) : deadline;
  static_cast<void>(co_await lookup->done.wait_until(patience));
  if (const auto& result = lookup->result; result && !(stale && is_failure(*result))) co_return *result;
  const auto now = network_.now();
  if (stale) {
    ++statistics_.stale_answers;
    co_return marked_stale(std::move(*stale), now);
  }
  ++statistics_.deadlines;
  std::vector<wire::ExtendedError> errors{
      {wire::Ede::NoReachableAuthority, "no answer in time; the lookup goes on"}};
  co_return failed_answer(std::move(errors), now);
}

std::optional<CachedAnswer> Resolver::find_fresh(const Question& question, View view) const {
  auto found = cache::assemble(cache_, question, view, Usable::FreshOnly, network_.now()).whole;
  if (found && network_.now() >= found->refresh_at) return std::nullopt;
  return found;
}

void Resolver::prefetch(const Question& question) {
  const LookupKey key{question, View::Checked};
  if (lookups_.contains(key) ||
      cache_.find_failure({question.name, question.type, View::Checked}, network_.now()))
    return;
  if (start_lookup(key) != nullptr) ++statistics_.prefetches;
}

void Resolver::routes_changed() {
  memory_.forget_failures();
  cache_.forget_failures();
}

Resolver::LookupPtr Resolver::join_lookup(const LookupKey& key) {
  const auto found = lookups_.find(key);
  if (found == lookups_.end()) return start_lookup(key);
  ++statistics_.coalesced;
  return found->second;
}

Resolver::LookupPtr Resolver::start_lookup(const LookupKey& key) {
  if (lookups_.size() >= kMaxLookups && !shed_oldest()) {
    ++statistics_.overloads;
    return nullptr;
  }
  ++statistics_.lookups;
  auto lookup = std::make_shared<Lookup>(network_, key);
  lookup->began = network_.now();
  lookups_.emplace(key, lookup);
  lookup->task = running_.spawn(run_lookup(lookup));
  if (!lookup->result) by_age_.emplace(lookup->task, lookup);
  return lookup;
}

bool Resolver::shed_oldest() {
  const auto now = network_.now();
  if (by_age_.empty() || now - by_age_.begin()->second->began < kShedAfter) return false;
  const auto oldest = by_age_.begin()->second;
  running_.cancel(oldest->task);
  std::vector<wire::ExtendedError> errors{{wire::Ede::NotReady, "gave way to newer questions"}};
  end_lookup(*oldest, failed_answer(std::move(errors), now));
  ++statistics_.overloads;
  return true;
}

void Resolver::end_lookup(Lookup& lookup, CachedAnswer result) {
  lookup.result.emplace(std::move(result));
  lookups_.erase(lookup.key);
  by_age_.erase(lookup.task);
  lookup.done.fire();
}

Task<void> Resolver::run_lookup(LookupPtr lookup) {
  auto result = co_await walk_chain(lookup->key.question, lookup->key.view);
  end_lookup(*lookup, std::move(result));
}

Task<CachedAnswer> Resolver::walk_chain(Question question, View view) {
  const auto settings = settings_;
  const AskContext context{network_, memory_, statistics_};
  Budget budget{.ends = network_.now() + kMaxLookupTime};
  std::vector<wire::RRset> aliases;
  for (auto current = question;;) {
    const auto* zone = choose_forward(*settings, current);
    if (zone == nullptr) co_return fail(current, view, Failure{});
    auto reply = co_await forward(context, *zone, current, view == View::Unchecked, budget);
    if (!reply) co_return fail(current, view, reply.error());
    const auto now = network_.now();
    auto chain = follow_chain(std::move(*reply), current, zone->zone);
    store(chain, current.type, view);
    if (chain.kind != ChainEnd::TooLong && chain.kind != ChainEnd::Elsewhere) {
      auto kept = cache::assemble(cache_, current, view, Usable::FreshOnly, now).whole;
      co_return behind(aliases, kept ? std::move(*kept) : answer_of(std::move(chain), now), now);
    }
    std::ranges::move(chain.aliases, std::back_inserter(aliases));
    if (chain.kind == ChainEnd::TooLong || aliases.size() > cache::kMaxAliases) {
      Failure loop;
      loop.from_peer.push_back({wire::Ede::InvalidData, "more aliases than we follow, or a loop of them"});
      co_return fail(question, view, loop);
    }
    current.name = chain.end;
    auto known = cache::assemble(cache_, current, view, Usable::FreshOnly, now);
    if (known.whole) co_return behind(aliases, std::move(*known.whole), now);
    std::ranges::move(known.partial.chain, std::back_inserter(aliases));
    current = known.partial.next;
  }
}

void Resolver::store(const AnswerChain& chain, wire::Type type, View view) {
  const auto now = network_.now();
  constexpr auto kRank = cache::Rank::Answer;
  for (const auto& alias : chain.aliases) static_cast<void>(cache_.store_data(alias, kRank, view, now));
  const cache::Key key{chain.end, type, view};
  switch (chain.kind) {
    case ChainEnd::Data:
      // ANY is a moment's view of a name, not an RRset; it is asked for again.
      if (type != wire::Type::ANY) static_cast<void>(cache_.store_data(chain.data.front(), kRank, view, now));
      break;
    case ChainEnd::NoData:
      static_cast<void>(cache_.store_negative(key, cache::Kind::NoData, chain.proof, now));
      break;
    case ChainEnd::NxDomain:
      static_cast<void>(cache_.store_negative(key, cache::Kind::NxDomain, chain.proof, now));
      break;
    case ChainEnd::Elsewhere:
    case ChainEnd::TooLong:
      break;
  }
}

CachedAnswer Resolver::fail(const Question& question, View view, const Failure& failure) {
  ++statistics_.failures;
  const auto now = network_.now();
  auto errors = extended_errors(failure);
  if (!failure.is_own_trouble()) cache_.store_failure({question.name, question.type, view}, errors, now);
  observer_.lookup_failed(question, failure);
  return failed_answer(std::move(errors), now);
}

}  // namespace shirube::upstream
