#include "cache/cached_answer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace shirube::cache {
namespace {

using wire::Instant;

// DS belongs to the zone above a cut, an alias at the same name to the one below: the one does not answer for
// the other.
bool follows_aliases(wire::Type type) {
  return type != wire::Type::CNAME && type != wire::Type::ANY && type != wire::Type::DS;
}

std::uint32_t ttl_left(const Found& part, Instant now) {
  if (part.freshness == Freshness::Stale) return kStaleTtl;
  // Whoever asks may have looked at the clock a moment before the entry was stored.
  const auto left = std::chrono::ceil<wire::Seconds>(part.entry->expires() - now);
  return static_cast<std::uint32_t>(std::min(left, part.entry->lifetime).count());
}

wire::RRset aged(const wire::RRset& rrset, std::uint32_t ttl) {
  wire::RRset result = rrset;
  result.ttl = ttl;
  return result;
}

// One walk from the question along its aliases.
class Walk {
 public:
  Walk(const AnswerCache& cache, const wire::Question& question, View view, Instant now)
      : cache_(cache), question_(question), view_(view), now_(now) {}

  [[nodiscard]] Assembled run(Usable usable);
  // A remembered failure of a name on the way.
  [[nodiscard]] const EntryPtr& failure() const { return failure_; }

 private:
  [[nodiscard]] std::optional<Found> find_type(const wire::Name& name, Usable usable);
  [[nodiscard]] std::optional<Found> find_alias(const wire::Name& name, Usable usable);
  void note_stale(const std::optional<Found>& found) {
    stale_seen_ = stale_seen_ || (found && found->freshness == Freshness::Stale);
  }
  [[nodiscard]] Assembled finish(const Found& last, const wire::Name& name);
  [[nodiscard]] Assembled give_up(const char* reason);
  void take(const Found& part);
  void take_proof(const Found& part);

  const AnswerCache& cache_;
  const wire::Question& question_;
  View view_;
  Instant now_;
  std::vector<wire::RRset> chain_;  // CNAMEs, with the DNAMEs that made some of them
  std::vector<wire::RRset> proof_;  // for the authority section
  unsigned links_ = 0;
  CachedAnswer result_;
  bool authentic_ = true;  // all parts so far
  EntryPtr failure_;
  bool stale_seen_ = false;
};

bool can_answer(const Found& found, Usable usable) {
  const Entry& entry = *found.entry;
  const bool may_be_stale = usable == Usable::StaleToo && entry.rank > Rank::UncheckedAnswer;
  return entry.kind != Kind::Failure && entry.rank >= Rank::UncheckedAnswer &&
         (found.freshness == Freshness::Fresh || may_be_stale);
}

std::optional<Found> Walk::find_type(const wire::Name& name, Usable usable) {
  const Key key{name, question_.type, view_};
  auto found = cache_.find(key, now_);
  if (!found) return std::nullopt;
  if (found->freshness == Freshness::Fresh && can_answer(*found, usable)) return found;
  auto failure = cache_.find_failure(key, now_);
  const bool barred = failure != nullptr && failure->bars_stale;
  if (!barred && can_answer(*found, usable)) return found;
  note_stale(found);
  if (failure_ == nullptr) failure_ = std::move(failure);
  return std::nullopt;
}

std::optional<Found> Walk::find_alias(const wire::Name& name, Usable usable) {
  if (!follows_aliases(question_.type)) return std::nullopt;
  auto found = cache_.find({name, wire::Type::CNAME, view_}, now_);
  if (found && found->entry->kind == Kind::Data && can_answer(*found, usable)) return found;
  note_stale(found);
  return std::nullopt;
}

Assembled Walk::run(Usable usable) {
  wire::Name name = question_.name;
  while (true) {
    const auto typed = find_type(name, usable);
    if (typed && typed->freshness == Freshness::Fresh) return finish(*typed, name);
    const auto alias = find_alias(name, usable);
    // A name that has turned into an alias since its stale data was learnt is one.
    if (typed && (!alias || alias->freshness == Freshness::Stale)) return finish(*typed, name);
    if (!alias) break;
    const wire::RRset& cname = alias->entry->rrset;
    auto target = cname.rdatas.empty() ? std::nullopt : wire::rdata_target(cname.type, *cname.rdatas.begin());
    if (!target) return give_up("an alias leads to no name");
    if (++links_ > kMaxAliases) return give_up("the chain of aliases is too long or a loop");
    take_proof(*alias);
    chain_.push_back(aged(cname, ttl_left(*alias, now_)));
    chain_.back().owner = std::move(name);
    take(*alias);
    name = *std::move(target);
  }
  Assembled assembled;
  assembled.stale_seen = stale_seen_;
  assembled.partial.chain = std::move(chain_);
  assembled.partial.proof = std::move(proof_);
  assembled.partial.authentic = authentic_;
  assembled.partial.next = {std::move(name), question_.type, question_.klass};
  return assembled;
}

// A DNAME stands in front of the CNAME that it makes; all else proves something, that of the end of the chain
// (with the SOA) first.
void Walk::take_proof(const Found& part) {
  std::vector<wire::RRset> proof;
  for (const wire::RRset& rrset : part.entry->proof) {
    auto& section = rrset.type == wire::Type::DNAME ? chain_ : proof;
    section.push_back(aged(rrset, ttl_left(part, now_)));
  }
  std::ranges::move(proof_, std::back_inserter(proof));
  proof_ = std::move(proof);
}

void Walk::take(const Found& part) {
  const Entry& entry = *part.entry;
  authentic_ = authentic_ && entry.authentic;
  result_.expires = std::min(result_.expires, entry.expires());
  if (part.freshness == Freshness::Stale) {
    result_.freshness = Freshness::Stale;
  } else if (cache_.prefetches() && entry.lifetime >= kMinPrefetchLifetime) {
    const Instant refresh_at = entry.expires() - wire::Duration(entry.lifetime) / 10;
    result_.refresh_at = std::min(result_.refresh_at, refresh_at);
  }
}

Assembled Walk::finish(const Found& last, const wire::Name& name) {
  take(last);
  take_proof(last);
  const Entry& entry = *last.entry;
  wire::Answer& answer = result_.answer;
  // This holds for stale parts too: the cache returns no part whose signatures have expired.
  answer.authentic = authentic_;
  answer.answer = std::move(chain_);
  answer.authority = std::move(proof_);
  if (entry.kind == Kind::NxDomain) answer.rcode = wire::Rcode::NxDomain;
  if (entry.kind == Kind::Data) {
    answer.answer.push_back(aged(entry.rrset, ttl_left(last, now_)));
    answer.answer.back().owner = name;
  }
  if (result_.freshness == Freshness::Stale) {
    const bool missing = entry.kind == Kind::NxDomain;
    answer.errors.push_back({missing ? wire::Ede::StaleNxDomain : wire::Ede::StaleAnswer, {}});
  }
  return {std::move(result_), {}};
}

Assembled Walk::give_up(const char* reason) {
  CachedAnswer failed;
  failed.answer.rcode = wire::Rcode::ServFail;
  failed.answer.errors.push_back({wire::Ede::Other, reason});
  failed.expires = result_.expires;
  return {std::move(failed), {}};
}

// A failure is told at once for as long as it is remembered, and asked about again behind that: it may end at
// any moment.
void let_probe(CachedAnswer& answer, const Entry& failure, Instant now) {
  answer.refresh_at = failure.stored + kFirstFailureLifetime;
  answer.expires = std::min(failure.expires(), now + kFirstFailureLifetime);
}

Assembled remembered(const Entry& failure, Instant now) {
  CachedAnswer failed;
  failed.answer.rcode = wire::Rcode::ServFail;
  failed.answer.errors = failure.errors;
  failed.answer.errors.push_back({wire::Ede::CachedError, {}});
  let_probe(failed, failure, now);
  return {std::move(failed), {}};
}

}  // namespace

Assembled assemble(const AnswerCache& cache, const wire::Question& question, View view, Usable usable,
                   wire::Instant now) {
  Walk walk(cache, question, view, now);
  Assembled assembled = walk.run(usable);
  if (assembled.whole || walk.failure() == nullptr) return assembled;
  if (usable == Usable::FreshOnly && !walk.failure()->bars_stale) {
    assembled = Walk(cache, question, view, now).run(Usable::StaleToo);
    if (assembled.whole) {
      if (assembled.whole->freshness == Freshness::Stale) let_probe(*assembled.whole, *walk.failure(), now);
      return assembled;
    }
  }
  return remembered(*walk.failure(), now);
}

}  // namespace shirube::cache
