// Puts a whole answer together from RRsets of the cache: follows aliases, ages TTLs, marks what is stale.
// Threads:  pure over the cache.
// Units:    TTLs of the answer are what is left of them now; stale ones are kStaleTtl (RFC 8767 §4).
#pragma once

#include <optional>

#include "cache/answer_cache.hpp"

namespace shirube::cache {

inline constexpr std::uint32_t kStaleTtl = 30;
// Bounds alias chains (CAMP, unlimited CNAMEs); as unbound and BIND.
inline constexpr unsigned kMaxAliases = 11;

enum class Usable : std::uint8_t { FreshOnly, StaleToo };

struct CachedAnswer {
  wire::Answer answer;
  Freshness freshness = Freshness::Fresh;
  wire::Instant refresh_at = wire::Instant::max();  // from then on it should be renewed ahead of its expiry (a tenth of its life left)
  wire::Instant expires = wire::Instant::max();     // of its shortest-lived part
};

// Where the cache's knowledge ends: the answer is complete, or the chain of aliases leads to a name that must be asked for.
struct PartialAnswer {
  std::vector<wire::RRset> chain;  // CNAMEs so far
  wire::Question next;             // what to ask
};
struct Assembled {
  std::optional<CachedAnswer> whole;
  PartialAnswer partial;  // when !whole
};

[[nodiscard]] Assembled assemble(const AnswerCache& cache, const wire::Question& question, View view, Usable usable,
                                 wire::Instant now);

}  // namespace shirube::cache
