// AnswerCache: the truth that was learnt, RRset by RRset, with its expiry. Shared by all workers.
// Threads:  all methods from any worker; one lock a shard, never held over a call out. All of a name is in
//           one shard.
// Owns:     the entries. find() hands out a shared const snapshot that survives eviction.
// Units:    capacity in bytes (memory really used, keys and bookkeeping included; an eighth of it is for
//           ranges()), lifetimes in seconds, `now` monotonic.
// Errors:   none thrown but bad_alloc; an entry of over kMaxEntryBytes is counted and not stored.
// Rules:    data ranking RFC 2181 §5.4.1; negative answers RFC 2308; failures RFC 9520; stale answers RFC
//           8767; a random-subdomain flood must not wash out what is used: SIEVE eviction (Zhang et al., NSDI
//           2024).
// Cost:     no lock is held for longer the more entries there are; clear(), erase_subtree() and a smaller
//           capacity take the caller's time only.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cache/denial_ranges.hpp"
#include "cache/settings.hpp"
#include "wire/answer.hpp"
#include "wire/time.hpp"

namespace shirube::cache {

enum class Kind : std::uint8_t {
  Data,        // `rrset`
  NoData,      // the name exists, the type does not; `proof`
  NxDomain,    // the name does not exist: kept under the name for every type; `proof`
  Failure,     // no usable answer could be had; `errors` tell why
  Delegation,  // a zone's servers as its parent names them: `rrset` the NS, `proof` their glue (and DS)
};

// Who said it, the more trusted the higher (RFC 2181 §5.4.1). Less trusted data never replaces fresher
// trusted data.
// Doubtful: a denial that random case may have caused (decision 016). It leads walks and answers no client,
// denies its own type only, ends no failure, and replaces nothing that may still serve.
// UncheckedAnswer: such a denial of a whole name, whose check failed. Clients get it while it is fresh, and
// it replaces no answer that may still serve, be it stale.
enum class Rank : std::uint8_t {
  Doubtful,
  Additional,
  Glue,
  Authority,
  UncheckedAnswer,
  Answer,
  AuthoritativeAnswer,
  Validated
};

struct Entry {
  Kind kind = Kind::Data;
  Rank rank = Rank::Answer;
  bool authentic = false;       // validated as secure
  bool bars_stale = false;      // Failure: what did come was bogus, and nothing old stands in for it
  bool covers_subtree = false;  // NxDomain: nothing below the name exists either (RFC 8020)
  wire::RRset rrset;            // Data
  // NoData, NxDomain: SOA first, then NSEC/NSEC3 with signatures. Data: the DNAME that made this CNAME, or
  // the NSEC/NSEC3 which prove that nothing is closer than the wildcard that made it.
  std::vector<wire::RRset> proof;
  std::vector<wire::ExtendedError> errors;  // Failure
  wire::Instant stored;
  wire::Seconds lifetime{};  // after the minimum and maximum of the settings
  // Authentic: the time at which the first signature that the verdict depends on expires. After it the entry
  // is not served, not even as stale. Until then a stale entry is as authentic as a fresh one.
  wire::Instant signed_until = wire::Instant::max();
  [[nodiscard]] wire::Instant expires() const { return stored + lifetime; }
  // A TTL of 0 is for the transaction in progress (RFC 1035 §3.2.1): such an entry is fresh in the instant it
  // was stored.
  [[nodiscard]] bool is_fresh(wire::Instant now) const { return now < expires() || now == stored; }
};
using EntryPtr = std::shared_ptr<const Entry>;

// CD=1 clients get what nobody judged; it never becomes truth for others.
enum class View : std::uint8_t { Checked, Unchecked };

struct Key {
  wire::Name name;
  wire::Type type;
  View view = View::Checked;
};

enum class Freshness : std::uint8_t { Fresh, Stale };
// May what has expired serve while a failure lasts? Not when validation failed: bogus stays SERVFAIL.
enum class Stale : std::uint8_t { Serves, Barred };
struct Found {
  EntryPtr entry;
  Freshness freshness = Freshness::Fresh;
};

// The largest entry that is kept: bounds RRset bloat (CVE-2024-1737).
inline constexpr std::size_t kMaxEntryBytes = std::size_t{128} << 10;
// Kept of one name: types, denials and failures together. Bounds a name with endless types (CVE-2024-1737);
// BIND has 100.
inline constexpr std::size_t kMaxEntriesPerName = 100;
// RFC 9520 §3.2: a failure is remembered 1 s, doubling while it lasts, at most 60 s.
inline constexpr wire::Seconds kFirstFailureLifetime{1};
inline constexpr wire::Seconds kMaxFailureLifetime{60};

class AnswerCache {
 public:
  AnswerCache(const CacheSettings& settings, std::size_t capacity_bytes, std::uint64_t hash_seed);
  ~AnswerCache();

  // The entry for name and type, else an NXDOMAIN entry of that name (not of its ancestors; a DS, which
  // stands above a cut, is denied only by what was said of it). Stale: expired, but within
  // settings.serve_stale and its signatures' validity (never a Failure). Fresh entries go before stale ones,
  // and a Failure comes last. View::Unchecked also sees Checked records, and prefers them, but not Checked
  // failures. View::Checked sees no Unchecked entry. A hit protects from eviction.
  [[nodiscard]] std::optional<Found> find(const Key& key, wire::Instant now) const;

  // RRset with its own TTL clamped to the settings (validated ones are never raised). Ends a run of failures,
  // and an NXDOMAIN of its name. False: something of higher rank that is fresh stays, or too large.
  // `signed_until` counts with Rank::Validated.
  bool store_data(const wire::RRset& rrset, Rank rank, View view, wire::Instant now,
                  std::vector<wire::RRset> proof = {}, wire::Instant signed_until = wire::Instant::max());
  // `kind` NoData or NxDomain. Lifetime: min(SOA TTL, SOA minimum, negative_max_ttl); without an SOA in
  // `proof` min(TTL of its NSEC and NSEC3, negative_max_ttl) if it was validated, else it is not stored (RFC
  // 2308 §5) - false; as it is where data of higher rank is fresh. An NXDOMAIN takes the place of all of its
  // name but a DS, one for a DS just that of the DS. So does one for AAAA that was not validated: some
  // servers deny the name when they mean the type (RFC 4074 §4.2).
  bool store_negative(const Key& key, Kind kind, std::vector<wire::RRset> proof, wire::Instant now,
                      Rank rank = Rank::Answer, wire::Instant signed_until = wire::Instant::max());
  // A denial without records, which tells no lifetime itself.
  bool store_bare_denial(const Key& key, Kind kind, wire::Seconds lifetime, wire::Instant now, Rank rank);
  // Doubles its lifetime with each failure in a row: no success between, and at most kMaxFailureLifetime.
  // Never replaces an entry that is fresh or may still serve stale; it is then kept beside it and
  // find_failure() tells.
  void store_failure(const Key& key, std::vector<wire::ExtendedError> errors, wire::Instant now,
                     Stale stale = Stale::Serves);
  [[nodiscard]] EntryPtr find_failure(const Key& key, wire::Instant now) const;
  // Returns an expired failure as well: the cache keeps it for kMaxFailureLifetime more, unless a lookup has
  // succeeded since.
  [[nodiscard]] EntryPtr find_last_failure(const Key& key, wire::Instant now) const;
  void forget_failure(const Key& key);  // the question has been answered after all
  void forget_failures();               // after a change of network routes

  // An NXDOMAIN that was confirmed for a name below it, or that the root gave: covers all below the name.
  bool store_subtree_denial(const wire::Name& name, std::vector<wire::RRset> proof, wire::Instant now,
                            Rank rank = Rank::AuthoritativeAnswer);
  // The fresh entry of this very name that covers its subtree.
  [[nodiscard]] EntryPtr find_subtree_denial(const wire::Name& name, wire::Instant now) const;

  // Kept beside the answers of the name and never taken for one: what a parent says of a zone's servers. It
  // lives no longer than `until`, the end of the parent's own delegation, whatever its TTL and whatever the
  // settings raise TTLs to (ghost and Phoenix domains, CVE-2022-30698, CVE-2022-30699).
  void store_delegation(const wire::RRset& servers, std::vector<wire::RRset> glue, wire::Instant until,
                        wire::Instant now);
  // The fresh delegation of exactly this zone.
  [[nodiscard]] EntryPtr find_delegation(const wire::Name& zone, wire::Instant now) const;

  // What validated denials prove about other names.
  [[nodiscard]] DenialRanges& ranges() { return ranges_; }
  [[nodiscard]] const DenialRanges& ranges() const { return ranges_; }

  // The TTL with which the cache would store an RRset. An answer that is not stored is sent with the same
  // TTL.
  [[nodiscard]] std::uint32_t limited_ttl(const wire::RRset& rrset, Rank rank) const;

  // On reload: keeps the content.
  void set_settings(const CacheSettings& settings, std::size_t capacity_bytes);
  [[nodiscard]] bool prefetches() const { return prefetches_.load(std::memory_order_relaxed); }
  void erase(const wire::Name& name);
  // The zone and all names below it: both views, denials, failures, delegations, and denial ranges of zones
  // there. What another worker stores meanwhile may stay.
  void erase_subtree(const wire::Name& zone);
  void clear();

  struct Statistics {
    std::size_t entries = 0, bytes = 0, capacity = 0;
    std::uint64_t hits = 0, misses = 0, stale_hits = 0, insertions = 0, evictions = 0, oversized = 0;
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  class Shard;
  [[nodiscard]] Shard& shard_of(std::uint64_t hash) const;
  std::vector<std::unique_ptr<Shard>> shards_;
  DenialRanges ranges_;
  std::uint64_t hash_seed_;
  std::atomic<bool> prefetches_;
};

}  // namespace shirube::cache
