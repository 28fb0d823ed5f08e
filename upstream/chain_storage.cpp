#include "upstream/chain_storage.hpp"

#include <algorithm>

namespace shirube::upstream {
namespace {

using cache::Rank;

[[nodiscard]] Rank rank_of(const Vouching& vouching, Provenance provenance) {
  return vouching.secure ? Rank::Validated : provenance.rank;
}

// Returns the DNAME that makes what follows the last alias, if one does.
[[nodiscard]] std::vector<wire::RRset> store_aliases(cache::AnswerCache& cache, const AnswerChain& chain,
                                                     Provenance provenance, wire::Instant now) {
  static const Vouching kNobody;
  std::vector<wire::RRset> made_by;
  for (std::size_t i = 0; i < chain.aliases.size(); ++i) {
    const auto& alias = chain.aliases[i];
    const auto& vouching = i < chain.alias_vouching.size() ? chain.alias_vouching[i] : kNobody;
    auto proof = std::move(made_by);
    std::ranges::copy(vouching.proof, std::back_inserter(proof));
    cache.store_data(alias, rank_of(vouching, provenance), provenance.view, now, std::move(proof),
                     vouching.signed_until);
    made_by.clear();
    if (alias.type == wire::Type::DNAME) made_by.push_back(alias);
  }
  return made_by;
}

}  // namespace

void limit_doubtful(AnswerChain& chain) {
  if (!chain.in_doubt) return;
  for (auto& rrset : chain.proof)
    rrset.ttl = std::min(rrset.ttl, static_cast<std::uint32_t>(kDoubtfulLifetime.count()));
}

void store_chain(cache::AnswerCache& cache, const AnswerChain& chain, wire::Type type, Provenance provenance,
                 wire::Instant now) {
  auto proof = store_aliases(cache, chain, provenance, now);
  const cache::Key key{chain.end, type, provenance.view};
  const auto most = chain.in_doubt ? Rank::UncheckedAnswer : Rank::Validated;
  const auto rank = std::min(rank_of(chain.vouching, provenance), most);
  switch (chain.kind) {
    case ChainEnd::Data:
      if (type == wire::Type::ANY) break;
      // Nobody has judged it: what came along may be what a client needs to do so.
      std::ranges::copy(chain.judged ? chain.vouching.proof : chain.denials, std::back_inserter(proof));
      cache.store_data(chain.data.front(), rank, provenance.view, now, std::move(proof),
                       chain.vouching.signed_until);
      break;
    case ChainEnd::NoData:
    case ChainEnd::NxDomain: {
      const auto kind = chain.kind == ChainEnd::NoData ? cache::Kind::NoData : cache::Kind::NxDomain;
      if (chain.is_bare) {
        cache.store_bare_denial(key, kind, kBareDenialLifetime, now, rank);
      } else {
        cache.store_negative(key, kind, chain.proof, now, rank, chain.vouching.signed_until);
      }
      break;
    }
    case ChainEnd::Elsewhere:
    case ChainEnd::TooLong:
    case ChainEnd::NameTooLong:
      break;
  }
}

}  // namespace shirube::upstream
