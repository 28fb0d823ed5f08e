// Answers that are validated before anybody gets them, and asked for elsewhere when they are not true.
#include <algorithm>
#include <utility>

#include "upstream/chain_storage.hpp"
#include "upstream/failure_kinds.hpp"
#include "upstream/lookup_host.hpp"
#include "upstream/route.hpp"
#include "upstream/validator.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using cache::Rank;
using cache::View;
using dnssec::Verdict;
using wire::Question;
using wire::Type;

// The keys of a zone are at fault, not who sent the answer.
[[nodiscard]] bool is_about_keys(const Verdict& verdict, const Question& question) {
  const bool keys = verdict.type == Type::DNSKEY || verdict.type == Type::DS;
  return keys && verdict.type != question.type;
}

}  // namespace

Task<Lookups::Chain> Lookups::ask_and_validate(Question question, LookupPtr lookup, SettingsPtr settings) {
  Failure first;  // what was wrong with what came first; no cause: nothing yet
  Distrust distrust;
  bool minimises = true;
  const auto route = choose_route(*settings, question);
  const auto unsigned_rank = route.walks() ? Rank::AuthoritativeAnswer : Rank::Answer;
  for (unsigned trial = 0; trial < kMaxTrials; ++trial) {
    Manner manner{.avoided = distrust.servers, .minimises = minimises};
    auto chain = co_await ask_by_route(question, lookup, settings, std::move(manner));
    if (!chain && !first.causes.empty()) break;
    if (!chain) co_return chain;
    lookup->source = chain->source;
    // Validation looks for these where nothing is judged yet.
    const bool is_link = question.type == Type::DNSKEY || question.type == Type::DS;
    if (is_link) store_chain(parts_.cache, *chain, question.type, {unsigned_rank, View::Unchecked}, now());
    const auto judged = co_await judge(*chain, question, lookup, settings);
    const auto& verdict = judged.verdict;
    // Who cannot prove that nothing is below a name is asked about what is below it.
    if (chain->of_ancestor && verdict.status != dnssec::Status::Secure && minimises) {
      minimises = false;
      continue;
    }
    if (chain->only_if_proven && !dnssec::is_bogus_or_worse(verdict.status) &&
        verdict.status != dnssec::Status::Secure) {
      if (first.causes.empty())
        first.add({chain->zone, chain->source.server, Misbehaviour::NotAuthoritative});
      break;
    }
    if (!dnssec::is_bogus_or_worse(verdict.status)) {
      if (!is_current(*settings)) co_return chain;
      keep_ranges(*chain, *lookup);
      store_chain(parts_.cache, *chain, question.type, {unsigned_rank, View::Checked}, now());
      co_return chain;
    }
    if (first.causes.empty()) first = distrusting(judged, question, *chain, route);
    const bool others_may_do_better = verdict.status == dnssec::Status::Bogus &&
                                      !is_about_keys(verdict, question) && chain->source.is_known();
    if (!others_may_do_better) break;
    if (!ask_with_edns_again(chain->source)) distrust.add(chain->source);
  }
  co_return Chain(std::unexpect, std::move(first));
}

bool Lookups::ask_with_edns_again(const Source& source) {
  if (!source.is_known()) return false;
  auto& state = memory_.at(source.server);
  const bool was_asked_plainly = now() < state.plain_until;
  state.plain_until = wire::Instant::min();
  return was_asked_plainly || !source.with_edns;
}

// What was proven about this name serves for others (RFC 8198).
void Lookups::keep_ranges(const AnswerChain& chain, Lookup& lookup) {
  const auto& vouching = chain.vouching;
  if (!vouching.secure || chain.kind == ChainEnd::Elsewhere || chain.kind == ChainEnd::NameTooLong) return;
  auto& ranges = parts_.cache.ranges();
  if (chain.kind != ChainEnd::Data) {
    if (chain.proof.empty() || chain.proof.front().type != Type::SOA) return;
    const std::vector<wire::RRset> records(chain.proof.begin() + 1, chain.proof.end());
    return ranges.store(vouching.zone, records, chain.proof.front(), now());
  }
  if (!vouching.wildcard_encloser || chain.data.size() != 1) return;
  const auto wildcard = vouching.wildcard_encloser->child("*");
  if (!wildcard) return;
  auto source = chain.data.front();
  source.owner = *wildcard;
  parts_.cache.store_data(source, Rank::Validated, View::Checked, now(), {}, vouching.signed_until);
  // How long a denial holds is told by the zone's SOA (RFC 9077), which does not come with data.
  const auto soa = parts_.cache.find({vouching.zone, Type::SOA}, now());
  if (!soa || soa->freshness != cache::Freshness::Fresh || soa->entry->kind != cache::Kind::Data) {
    const bool failed_before = parts_.cache.find_failure({vouching.zone, Type::SOA}, now()) != nullptr;
    if (!failed_before)
      start(LookupKey{{vouching.zone, Type::SOA}},
            ahead_of_need(lookup.budget->effort, lookup.budget->client), &lookup);
  } else if (soa->entry->authentic) {
    ranges.store(vouching.zone, vouching.proof, soa->entry->rrset, now());
  }
}

std::optional<cache::CachedAnswer> Lookups::find_proven(const Question& question,
                                                        dnssec::Effort& effort) const {
  auto found = parts_.cache.ranges().find(question, now(), effort);
  if (!found || found->proof.empty()) return std::nullopt;
  const auto& settings = *settings_;
  // What the zone above denies may be answered by whom the administrator names for it.
  // What stands above a trust anchor has no say in what the anchor is for.
  const auto* anchor = settings.trust.anchors.closest(wire::name_above_cut(question.name, question.type));
  if (anchor == nullptr || !found->zone.is_within(anchor->zone)) return std::nullopt;
  const auto time = settings.trust.fixed_time.value_or(parts_.network.wall_time());
  if (dnssec::is_taken_as_unsigned(settings.trust, question.name, time) ||
      choose_route(settings, {found->zone, question.type}) != choose_route(settings, question))
    return std::nullopt;
  cache::CachedAnswer answer;
  answer.answer.authentic = true;
  auto ttl = found->proof.front().ttl;
  if (found->kind == cache::RangeAnswer::Kind::NxDomain) answer.answer.rcode = wire::Rcode::NxDomain;
  if (found->wildcard) {
    const auto source = parts_.cache.find({*found->wildcard, question.type}, now());
    const bool usable = source && source->freshness == cache::Freshness::Fresh && source->entry->authentic &&
                        source->entry->kind == cache::Kind::Data;
    if (!usable) return std::nullopt;
    const auto left = std::chrono::ceil<wire::Seconds>(source->entry->expires() - now());
    ttl = std::min(ttl, static_cast<std::uint32_t>(left.count()));
    auto made = source->entry->rrset;
    made.owner = question.name;
    made.ttl = ttl;
    answer.answer.answer.push_back(std::move(made));
  }
  answer.answer.authority = std::move(found->proof);
  answer.expires = now() + wire::Seconds{ttl};
  return answer;
}

Task<Lookups::Judged> Lookups::judge(AnswerChain& chain, const Question& question, LookupPtr lookup,
                                     SettingsPtr settings) {
  Host host(*this, std::move(lookup), settings);
  const auto memory = is_current(*settings) ? trust_memory_ : std::make_shared<TrustMemory>(hash_);
  ChainOfTrust trust(host, *memory, settings->trust);
  Judged judged;
  judged.verdict = co_await validate(trust, chain, question);
  judged.hindrance = trust.hindrance();
  co_return judged;
}

Failure Lookups::distrusting(const Judged& judged, const Question& question, const AnswerChain& chain,
                             const Route& route) {
  const auto& verdict = judged.verdict;
  Failure failure;
  if (route.servers != nullptr) failure.named_zone = route.servers->zone;
  const auto asked_as = route.kind == RouteKind::Forward ? AskedAs::Forwarder : AskedAs::Authority;
  Cause cause{.zone = chain.zone, .server = chain.source.server, .complaint = verdict, .asked_as = asked_as};
  if (is_about_keys(verdict, question)) {
    const auto* zone = trust_memory_->find(verdict.owner, now());
    cause.zone = verdict.owner;
    cause.server = zone == nullptr ? wire::Endpoint{} : zone->source.server;
  }
  failure.add(std::move(cause));
  if (is_for_want_of_keys(verdict) && judged.hindrance != nullptr) {
    failure.add(*judged.hindrance);
    failure.from_peer = judged.hindrance->from_peer;
  }
  return failure;
}

}  // namespace shirube::upstream
