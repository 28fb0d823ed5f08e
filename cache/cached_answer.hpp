// Puts a whole answer together from RRsets of the cache: follows aliases, ages TTLs, marks what is stale.
// Threads:  pure over the cache.
// Units:    TTLs of the answer are what is left of them now, rounded up; stale ones are kStaleTtl (RFC 8767
//           §4).
// Rules:    data of less rank than Answer never answers (RFC 2181 §5.4.1); AD only when every part is
//           authentic, stale or not: signed data is served until its signatures expire (Entry::signed_until).
//           Owners have the case of the question or of the alias that leads to them, and not the random case
//           sent to servers (0x20).
#pragma once

#include <optional>

#include "cache/answer_cache.hpp"

namespace shirube::cache {

inline constexpr std::uint32_t kStaleTtl = 30;
// Bounds alias chains (CAMP, unlimited CNAMEs); as unbound and BIND. Longer chains, loops among them, are
// SERVFAIL with an EDE.
inline constexpr unsigned kMaxAliases = 11;
// What lives shorter than this is not worth renewing ahead of its expiry: it would be asked for nearly all
// the time.
inline constexpr wire::Seconds kMinPrefetchLifetime{10};

// FreshOnly: stale parts are used just where a remembered failure bars asking again (RFC 9520, RFC 8767 §5).
enum class Usable : std::uint8_t { FreshOnly, StaleToo };

struct CachedAnswer {
  wire::Answer answer;
  Freshness freshness = Freshness::Fresh;           // Stale: some part is; an EDE says so
  wire::Instant refresh_at = wire::Instant::max();  // from then on it should be renewed ahead of its expiry
                                                    // (a tenth of its life left); a failure from
                                                    // kFirstFailureLifetime on
  wire::Instant expires = wire::Instant::max();  // of its shortest-lived part: in the past when stale, unless
                                                 // a failure bars asking until then
};

// Where the cache's knowledge ends: the answer is complete, or the chain of aliases leads to a name that must
// be asked for.
struct PartialAnswer {
  std::vector<wire::RRset> chain;  // CNAMEs so far, with the DNAMEs that made some of them
  std::vector<wire::RRset> proof;  // of those among them that were made from wildcards
  bool authentic = true;           // all of the chain is
  wire::Question next;             // what to ask
};
struct Assembled {
  std::optional<CachedAnswer> whole;
  PartialAnswer partial;    // when !whole
  bool stale_seen = false;  // something expired lies there that StaleToo may make an answer of
};

// CNAME, ANY and DS questions are not led along aliases. A remembered failure that nothing better stands
// beside is whole: SERVFAIL.
[[nodiscard]] Assembled assemble(const AnswerCache& cache, const wire::Question& question, View view,
                                 Usable usable, wire::Instant now);

}  // namespace shirube::cache
