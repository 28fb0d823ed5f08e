// Answers that are validated before anybody gets them, and asked for elsewhere when they are not true.
#include <utility>

#include "upstream/chain_storage.hpp"
#include "upstream/lookup_host.hpp"
#include "upstream/route.hpp"
#include "upstream/validator.hpp"

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
  std::optional<Failure> first;
  Distrust distrust;
  const bool walked = choose_route(*settings, question).walks();
  const auto unsigned_rank = walked ? Rank::AuthoritativeAnswer : Rank::Answer;
  for (unsigned trial = 0; trial < kMaxTrials; ++trial) {
    auto chain = co_await ask_by_route(question, lookup, settings, distrust.servers);
    if (!chain && first) break;
    if (!chain) co_return chain;
    lookup->source = chain->source;
    // Validation looks for these where nothing is judged yet.
    const bool is_link = question.type == Type::DNSKEY || question.type == Type::DS;
    if (is_link) store_chain(parts_.cache, *chain, question.type, {unsigned_rank, View::Unchecked}, now());
    const auto verdict = co_await judge(*chain, question, lookup, settings);
    if (!dnssec::is_bogus_or_worse(verdict.status)) {
      store_chain(parts_.cache, *chain, question.type, {unsigned_rank, View::Checked}, now());
      co_return chain;
    }
    auto failure = distrusting(verdict, question, chain->source);
    if (!first) first = std::move(failure);
    const bool others_may_do_better = verdict.status == dnssec::Status::Bogus &&
                                      !is_about_keys(verdict, question) && chain->source.port != 0;
    if (!others_may_do_better) break;
    distrust.add(chain->source);
  }
  co_return Chain(std::unexpect, std::move(*first));
}

Task<Verdict> Lookups::judge(AnswerChain& chain, const Question& question, LookupPtr lookup,
                             SettingsPtr settings) {
  Host host(*this, std::move(lookup), settings);
  ChainOfTrust trust(host, trust_memory_, settings->trust);
  auto verdict = co_await validate(trust, chain, question);
  co_return verdict;
}

Failure Lookups::distrusting(const Verdict& verdict, const Question& question, const wire::Endpoint& source) {
  Failure failure;
  Cause cause{.zone = verdict.owner, .server = source, .complaint = verdict};
  if (is_about_keys(verdict, question)) {
    const auto* zone = trust_memory_.find(verdict.owner, now());
    cause.server = zone == nullptr ? wire::Endpoint{} : zone->server;
  }
  failure.add(std::move(cause));
  return failure;
}

}  // namespace shirube::upstream
