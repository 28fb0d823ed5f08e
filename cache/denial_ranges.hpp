// DenialRanges: validated NSEC and NSEC3 records by zone, to answer from them about names that nobody has
// asked for yet (aggressive use). Shared by all workers.
// Threads:  all methods from any worker; one lock a shard of zones, held for a few look-ups and at most
//           kMaxHashesPerLook hashes.
// Owns:     the records; find() hands out copies.
// Units:    capacity in bytes (memory really used), lifetimes in seconds, `now` monotonic.
// Errors:   none thrown but bad_alloc; what is too large or proves nothing about others is not stored.
// Source:   RFC 8198, RFC 9077 (no longer than the SOA's TTL and minimum), RFC 5155 §12.1.1 (opt-out denies
//           nothing).
// Rules:    only what is Proven is told: never by way of opt-out, across a zone cut or a DNAME. The deepest zone
//           that is known speaks for a name; of a DS it is the deepest one above the name. SIEVE evicts
//           record by record.
// Cost:     find() of nothing stored is one load; else a keyed hash for each label of the name.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cache/settings.hpp"
#include "dnssec/effort.hpp"
#include "wire/message.hpp"
#include "wire/rrset.hpp"

namespace shirube::cache {

// The largest NSEC or NSEC3 RRset or SOA that is kept, signatures included: bounds records bloated on
// purpose.
inline constexpr std::size_t kMaxRangeBytes = 4096;
// Beside what the question's Effort has left: bounds how long one look may hold its lock (CVE-2023-50868).
inline constexpr unsigned kMaxHashesPerLook = 8;

struct RangeAnswer {
  enum class Kind : std::uint8_t {
    NxDomain,
    NoData,
    Wildcard,  // the name does not exist; data of `wildcard`, if it has any, are its answer (RFC 8198 §5.3)
  };
  Kind kind;
  // NxDomain, NoData: SOA first, then the records. Wildcard: the record that goes along with the answer. All
  // have the TTL of the one that expires first.
  std::vector<wire::RRset> proof;
  std::optional<wire::Name> wildcard = {};
  wire::Name zone = {};  // whose records they are
};

class DenialRanges {
 public:
  DenialRanges(const CacheSettings& settings, std::size_t capacity_bytes, std::uint64_t hash_seed);
  ~DenialRanges();

  // `records`: NSEC or NSEC3 RRsets of `zone` with their signatures, validated, none expanded from a
  // wildcard; `soa` the zone's, validated too. TTLs are capped by the signatures already. Records that cover
  // no name but the one they were made for (RFC 4470, RFC 9824) are left out.
  void store(const wire::Name& zone, const std::vector<wire::RRset>& records, const wire::RRset& soa,
             wire::Instant now);
  [[nodiscard]] std::optional<RangeAnswer> find(const wire::Question& question, wire::Instant now,
                                                dnssec::Effort& effort) const;

  // On reload: keeps the content.
  void set_settings(const CacheSettings& settings, std::size_t capacity_bytes);
  // What is known of the zones at and below `zone`.
  void erase_subtree(const wire::Name& zone);
  void clear();

  struct Statistics {
    std::size_t zones = 0, records = 0, bytes = 0, capacity = 0;
    std::uint64_t insertions = 0, evictions = 0;
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  class Shard;
  [[nodiscard]] Shard& shard_of(const wire::Name& zone) const;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::uint64_t hash_seed_;
  std::atomic<bool> is_used_ = false;  // something has been stored since the last clear()
};

}  // namespace shirube::cache
