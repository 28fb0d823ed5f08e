#include "upstream/chain_storage.hpp"

namespace shirube::upstream {
namespace {

// Returns the DNAME that makes what follows the last alias, if one does.
[[nodiscard]] std::vector<wire::RRset> store_aliases(cache::AnswerCache& cache,
                                                     const std::vector<wire::RRset>& aliases,
                                                     Provenance provenance, wire::Instant now) {
  std::vector<wire::RRset> made_by;
  for (const auto& alias : aliases) {
    cache.store_data(alias, provenance.rank, provenance.view, now, std::move(made_by));
    made_by.clear();
    if (alias.type == wire::Type::DNAME) made_by.push_back(alias);
  }
  return made_by;
}

}  // namespace

void store_chain(cache::AnswerCache& cache, const AnswerChain& chain, wire::Type type, Provenance provenance,
                 wire::Instant now) {
  auto made_by = store_aliases(cache, chain.aliases, provenance, now);
  const cache::Key key{chain.end, type, provenance.view};
  switch (chain.kind) {
    case ChainEnd::Data:
      if (type != wire::Type::ANY)
        cache.store_data(chain.data.front(), provenance.rank, provenance.view, now, std::move(made_by));
      break;
    case ChainEnd::NoData:
      cache.store_negative(key, cache::Kind::NoData, chain.proof, now, provenance.rank);
      break;
    case ChainEnd::NxDomain:
      cache.store_negative(key, cache::Kind::NxDomain, chain.proof, now, provenance.rank);
      break;
    case ChainEnd::Elsewhere:
    case ChainEnd::TooLong:
    case ChainEnd::NameTooLong:
      break;
  }
}

}  // namespace shirube::upstream
