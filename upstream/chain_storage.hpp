// What of an answer goes into the cache.
// Threads:  as AnswerCache.
// Rules:    aliases, the data at their end, or its absence, each under its own name; what was validated as
//           secure as such; an answer to ANY is a moment's view of a name, not an RRset, and is asked for
//           again.
#pragma once

#include "cache/answer_cache.hpp"
#include "upstream/answer_chain.hpp"

namespace shirube::upstream {

// How far an answer is to be trusted, and by whom it may be seen.
struct Provenance {
  cache::Rank rank = cache::Rank::Answer;
  cache::View view = cache::View::Checked;
};

// Where goes what no validation has looked at.
[[nodiscard]] inline cache::View unjudged_view(const UpstreamSettings& settings) {
  return settings.trust.validates() ? cache::View::Unchecked : cache::View::Checked;
}

// How long clients and caches keep a denial in doubt. One lost packet must not make a name missing for hours.
inline constexpr wire::Seconds kDoubtfulLifetime{5};
// How long a denial without SOA by a resolver of a [[stub]] is kept. Nothing tells its lifetime (RFC 2308
// §5), and a name that the administrator adds must be found soon.
inline constexpr wire::Seconds kBareDenialLifetime{5};
void limit_doubtful(AnswerChain& chain);

void store_chain(cache::AnswerCache& cache, const AnswerChain& chain, wire::Type type, Provenance provenance,
                 wire::Instant now);

}  // namespace shirube::upstream
