#include "upstream/resolver.hpp"

#include <algorithm>
#include <utility>

namespace shirube::upstream {
namespace {

using cache::CachedAnswer;
using cache::Freshness;
using cache::Usable;
using cache::View;
using wire::Instant;
using wire::Question;

[[nodiscard]] CachedAnswer marked_stale(CachedAnswer stale, Instant now) {
  for (auto& error : stale.answer.errors) error.text = "upstream does not answer";
  stale.expires = now + cache::kFirstFailureLifetime;
  stale.refresh_at = Instant::max();
  return stale;
}

}  // namespace

Resolver::Resolver(Network& network, cache::AnswerCache& cache, SettingsPtr settings, Observer& observer)
    : network_(network),
      cache_(cache),
      lookups_({network, cache, observer, statistics_}, std::move(settings)) {}

Resolver::~Resolver() = default;

Task<CachedAnswer> Resolver::resolve(Question question, View view, Instant deadline, Share share) {
  const auto asked_at = network_.now();
  auto fresh = cache::assemble(cache_, question, view, Usable::FreshOnly, asked_at);
  if (fresh.whole) {
    const bool is_due = asked_at >= fresh.whole->refresh_at;
    if (is_due && is_failure(*fresh.whole)) {
      // It may be over: whoever is well again answers well within this.
      const auto probe = lookups_.join(LookupKey{question, view}, share);
      if (probe != nullptr) {
        static_cast<void>(co_await probe->done.wait_until(std::min(deadline, asked_at + kProbeWait)));
        if (const auto& result = probe->result; result && !is_failure(*result)) co_return *result;
      }
    } else if (is_due && view == View::Checked) {
      prefetch(question, share);
    }
    // Stale here means that a failure is remembered, which bars waiting for a fresh answer.
    if (fresh.whole->freshness == Freshness::Stale) {
      ++statistics_.stale_answers;
      co_return marked_stale(std::move(*fresh.whole), asked_at);
    }
    co_return std::move(*fresh.whole);
  }
  if (share.effort == nullptr) share.effort = full_effort();
  if (fresh.partial.chain.empty()) {
    if (auto denial = find_denial(fresh.partial.next, *share.effort)) co_return std::move(*denial);
  }
  std::optional<CachedAnswer> stale;
  if (fresh.stale_seen) stale = cache::assemble(cache_, question, view, Usable::StaleToo, asked_at).whole;
  if (stale && is_failure(*stale)) stale.reset();
  const auto patience = stale ? std::min(deadline, asked_at + kStaleAfter) : deadline;
  LookupKey key{question, view};
  const auto lookup = co_await look_up(std::move(key), std::move(share), patience);
  if (lookup == nullptr) {
    if (stale) co_return marked_stale(std::move(*stale), asked_at);
    std::vector<wire::ExtendedError> errors{{wire::Ede::NotReady, "too many lookups under way"}};
    co_return failed_answer(std::move(errors), asked_at);
  }
  const auto& why_not = lookup->failure;
  if (why_not && why_not->is_bogus()) stale.reset();
  if (const auto& result = lookup->result; result && !(stale && is_failure(*result))) co_return *result;
  const auto now = network_.now();
  if (stale) {
    ++statistics_.stale_answers;
    co_return marked_stale(std::move(*stale), now);
  }
  ++statistics_.deadlines;
  std::vector<wire::ExtendedError> errors{not_in_time(lookup->budget->last_asked)};
  co_return failed_answer(std::move(errors), now);
}

Task<LookupPtr> Resolver::look_up(LookupKey key, Share share, Instant until) {
  auto lookup = lookups_.join(key, share);
  if (lookup == nullptr) co_return lookup;
  static_cast<void>(co_await lookup->done.wait_until(until));
  // The lookup of another query failed because of that query's limits: retry once with our own budget.
  const bool was_anothers = lookup->budget->effort != share.effort;
  const bool wants_means = was_anothers && lookup->failure && lookup->lacked_means;
  if (!wants_means || share.part == Part::Beside) co_return lookup;
  auto again = lookups_.join(key, share);
  if (again == nullptr) co_return lookup;
  static_cast<void>(co_await again->done.wait_until(until));
  co_return again;
}

std::optional<CachedAnswer> Resolver::find_denial(const Question& question, QueryEffort& effort) {
  auto denial = lookups_.find_denial(question, effort.looks);
  lookups_.count(effort);
  return denial;
}

std::optional<CachedAnswer> Resolver::find_fresh(const Question& question, View view) const {
  auto found = cache::assemble(cache_, question, view, Usable::FreshOnly, network_.now()).whole;
  if (found && network_.now() >= found->refresh_at) return std::nullopt;
  return found;
}

std::vector<wire::ExtendedError> Resolver::known_flaws(const Question& question,
                                                       const wire::Answer& answer) const {
  std::vector<wire::Name> names{question.name};
  for (const auto& rrset : answer.answer) {
    if (rrset.type != wire::Type::CNAME || rrset.rdatas.empty()) continue;
    if (auto target = wire::rdata_target(rrset.type, *rrset.rdatas.begin()))
      names.push_back(*std::move(target));
  }
  for (const auto& name : names) {
    const auto failure = cache_.find_last_failure({name, question.type}, network_.now());
    if (failure != nullptr && !failure->errors.empty() &&
        wire::is_about_validation(failure->errors.front().code))
      return failure->errors;
  }
  return {};
}

void Resolver::prefetch(const Question& question, const Share& share) {
  const auto now = network_.now();
  const auto failure = cache_.find_failure({question.name, question.type}, now);
  if (failure != nullptr && now < failure->stored + cache::kFirstFailureLifetime) return;
  if (lookups_.start(LookupKey{question}, ahead_of_need(share.effort, share.client)))
    ++statistics_.prefetches;
}

void Resolver::routes_changed() {
  lookups_.forget_server_failures();
  cache_.forget_failures();
}

}  // namespace shirube::upstream
