#include "cache/answer_cache.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "cache/answer_shard.hpp"
#include "cache/keyed_hash.hpp"
#include "wire/ascii_case.hpp"

namespace shirube::cache {
namespace {

using wire::Seconds;

// More locks than workers, so that two of them seldom meet; but no shard so small that a large entry empties
// it.
constexpr std::size_t kMaxShards = 16;
constexpr std::size_t kMinShardBytes = std::size_t{4} << 20;

std::size_t shard_count(std::size_t capacity) {
  return std::bit_floor(std::clamp<std::size_t>(capacity / kMinShardBytes, 1, kMaxShards));
}

// Of the capacity: denials are few beside what they stand for.
constexpr std::size_t kRangesShare = 8;

std::size_t ranges_bytes(std::size_t capacity) { return capacity / kRangesShare; }
std::size_t answers_bytes(std::size_t capacity) { return capacity - ranges_bytes(capacity); }

class NameKey {
 public:
  NameKey(const wire::Name& name, std::uint64_t seed) : size_(name.size()) {
    wire::copy_lowered(name.wire(), bytes_.data());
    hash_ = keyed_hash(HashKey::from_seed(seed), 0, {bytes_.data(), size_});
  }
  [[nodiscard]] LoweredName view() const { return {{bytes_.data(), size_}, hash_}; }
  [[nodiscard]] std::uint64_t hash() const { return hash_; }

 private:
  std::array<std::uint8_t, wire::kMaxNameLength> bytes_;
  std::size_t size_;
  std::uint64_t hash_;
};

// What is signed must not outlive its signatures (RFC 4035 §5.3.3): it is never raised.
Seconds lifetime_of(const wire::RRset& rrset, Rank rank, const CacheSettings& settings) {
  const auto least = rank == Rank::Validated ? Seconds{0} : settings.min_ttl;
  return std::clamp(Seconds(rrset.ttl), least, std::max(least, settings.max_ttl));
}

// RFC 2308 §5, and not longer than any part of the proof. Without an SOA, validated NSEC and NSEC3 records
// tell: their TTL is that of a denial (RFC 9077). nullopt: nothing tells.
std::optional<Seconds> negative_lifetime(const std::vector<wire::RRset>& proof, Rank rank,
                                         const CacheSettings& settings) {
  const auto soa = std::ranges::find(proof, wire::Type::SOA, &wire::RRset::type);
  const bool is_proven =
      rank == Rank::Validated && !proof.empty() &&
      std::ranges::all_of(proof, [](const wire::RRset& rrset) { return wire::is_denial(rrset.type); });
  if (is_proven) {
    const auto lowest = std::ranges::min(proof, {}, &wire::RRset::ttl).ttl;
    return std::min(Seconds(lowest), settings.negative_max_ttl);
  }
  if (soa == proof.end() || soa->rdatas.empty()) return std::nullopt;
  const auto fields = wire::read_soa(*soa->rdatas.begin());
  if (!fields) return std::nullopt;
  const std::uint32_t lowest_ttl = std::ranges::min(proof, {}, &wire::RRset::ttl).ttl;
  return std::min({Seconds(lowest_ttl), Seconds(fields->minimum), settings.negative_max_ttl});
}

// Does an NXDOMAIN in reply to a question for this type deny all types of the name?
bool denies_name(wire::Type type, Rank rank) {
  if (rank == Rank::Doubtful) return false;
  return type != wire::Type::DS && (type != wire::Type::AAAA || rank == Rank::Validated);
}

// Where a denial is kept.
Place place_of(const Key& key, Kind kind, Rank rank) {
  if (kind == Kind::NxDomain && denies_name(key.type, rank)) return {Slot::Name, wire::Type{}, key.view};
  return {Slot::Typed, key.type, key.view};
}

void make_compact(wire::RRset& rrset) {
  rrset.rdatas.shrink();
  rrset.signatures.shrink();
}

// What goes along with an entry lives no longer than it does.
std::vector<wire::RRset> compact(std::vector<wire::RRset> rrsets, Seconds lifetime) {
  rrsets.shrink_to_fit();
  for (wire::RRset& rrset : rrsets) {
    rrset.ttl = std::min(rrset.ttl, static_cast<std::uint32_t>(lifetime.count()));
    make_compact(rrset);
  }
  return rrsets;
}

Entry data_entry(const wire::RRset& rrset, Rank rank, Seconds lifetime, wire::Instant now) {
  Entry entry;
  entry.rank = rank;
  entry.authentic = rank == Rank::Validated;
  entry.rrset = rrset;
  entry.rrset.ttl = static_cast<std::uint32_t>(lifetime.count());
  make_compact(entry.rrset);
  entry.stored = now;
  entry.lifetime = lifetime;
  return entry;
}

Entry negative_entry(Kind kind, std::vector<wire::RRset> proof, Rank rank, Seconds lifetime,
                     wire::Instant now) {
  Entry entry;
  entry.kind = kind;
  entry.rank = rank;
  entry.authentic = rank == Rank::Validated;
  entry.proof = compact(std::move(proof), lifetime);
  entry.stored = now;
  entry.lifetime = lifetime;
  return entry;
}

}  // namespace

AnswerCache::AnswerCache(const CacheSettings& settings, std::size_t capacity_bytes, std::uint64_t hash_seed)
    : shards_(shard_count(capacity_bytes)),
      ranges_(settings, ranges_bytes(capacity_bytes), hash_seed),
      hash_seed_(hash_seed),
      prefetches_(settings.prefetch) {
  const auto share = answers_bytes(capacity_bytes) / shards_.size();
  for (auto& shard : shards_) shard = std::make_unique<Shard>(settings, share);
}
AnswerCache::~AnswerCache() = default;

AnswerCache::Shard& AnswerCache::shard_of(std::uint64_t hash) const {
  return *shards_[(hash >> 32) % shards_.size()];
}

std::optional<Found> AnswerCache::find(const Key& key, wire::Instant now) const {
  const NameKey name(key.name, hash_seed_);
  return shard_of(name.hash()).find(name.view(), key.type, key.view, now);
}

EntryPtr AnswerCache::find_failure(const Key& key, wire::Instant now) const {
  const NameKey name(key.name, hash_seed_);
  return shard_of(name.hash()).find_at(name.view(), {Slot::Failure, key.type, key.view}, now);
}

EntryPtr AnswerCache::find_last_failure(const Key& key, wire::Instant now) const {
  const NameKey name(key.name, hash_seed_);
  return shard_of(name.hash()).find_last_failure(name.view(), {Slot::Failure, key.type, key.view}, now);
}

std::uint32_t AnswerCache::limited_ttl(const wire::RRset& rrset, Rank rank) const {
  return static_cast<std::uint32_t>(lifetime_of(rrset, rank, shards_.front()->settings()).count());
}

bool AnswerCache::store_data(const wire::RRset& rrset, Rank rank, View view, wire::Instant now,
                             std::vector<wire::RRset> proof, wire::Instant signed_until) {
  const NameKey name(rrset.owner, hash_seed_);
  Shard& shard = shard_of(name.hash());
  const Seconds lifetime = lifetime_of(rrset, rank, shard.settings());
  auto entry = data_entry(rrset, rank, lifetime, now);
  entry.proof = compact(std::move(proof), lifetime);
  if (entry.authentic) entry.signed_until = signed_until;
  return shard.store(name.view(), {Slot::Typed, rrset.type, view}, std::move(entry));
}

bool AnswerCache::store_negative(const Key& key, Kind kind, std::vector<wire::RRset> proof, wire::Instant now,
                                 Rank rank, wire::Instant signed_until) {
  const NameKey name(key.name, hash_seed_);
  Shard& shard = shard_of(name.hash());
  const auto lifetime = negative_lifetime(proof, rank, shard.settings());
  if (!lifetime) return false;
  auto entry = negative_entry(kind, std::move(proof), rank, *lifetime, now);
  if (entry.authentic) entry.signed_until = signed_until;
  return shard.store(name.view(), place_of(key, kind, rank), std::move(entry));
}

bool AnswerCache::store_bare_denial(const Key& key, Kind kind, wire::Seconds lifetime, wire::Instant now,
                                    Rank rank) {
  const NameKey name(key.name, hash_seed_);
  Shard& shard = shard_of(name.hash());
  const auto most = std::min(lifetime, shard.settings().negative_max_ttl);
  return shard.store(name.view(), place_of(key, kind, rank), negative_entry(kind, {}, rank, most, now));
}

void AnswerCache::store_failure(const Key& key, std::vector<wire::ExtendedError> errors, wire::Instant now,
                                Stale stale) {
  const NameKey name(key.name, hash_seed_);
  Entry entry;
  entry.kind = Kind::Failure;
  entry.bars_stale = stale == Stale::Barred;
  entry.errors = std::move(errors);
  entry.stored = now;
  shard_of(name.hash()).store_failure(name.view(), {Slot::Failure, key.type, key.view}, std::move(entry));
}

bool AnswerCache::store_subtree_denial(const wire::Name& name, std::vector<wire::RRset> proof,
                                       wire::Instant now, Rank rank) {
  const NameKey key(name, hash_seed_);
  Shard& shard = shard_of(key.hash());
  const auto lifetime = negative_lifetime(proof, rank, shard.settings());
  if (!lifetime) return false;
  auto entry = negative_entry(Kind::NxDomain, std::move(proof), rank, *lifetime, now);
  entry.covers_subtree = true;
  return shard.store(key.view(), {Slot::Name, wire::Type{}, View::Checked}, std::move(entry));
}

EntryPtr AnswerCache::find_subtree_denial(const wire::Name& name, wire::Instant now) const {
  const NameKey key(name, hash_seed_);
  auto entry = shard_of(key.hash()).find_at(key.view(), {Slot::Name, wire::Type{}, View::Checked}, now);
  return entry != nullptr && entry->covers_subtree ? entry : nullptr;
}

void AnswerCache::store_delegation(const wire::RRset& servers, std::vector<wire::RRset> glue,
                                   wire::Instant until, wire::Instant now) {
  const NameKey key(servers.owner, hash_seed_);
  Shard& shard = shard_of(key.hash());
  const auto left = std::chrono::floor<Seconds>(std::max(until - now, wire::Duration{}));
  const auto lifetime = std::min({Seconds{servers.ttl}, left, shard.settings().max_ttl});
  auto entry = data_entry(servers, Rank::Authority, lifetime, now);
  entry.kind = Kind::Delegation;
  entry.proof = compact(std::move(glue), lifetime);
  shard.store(key.view(), {Slot::Delegation, wire::Type::NS, View::Checked}, std::move(entry));
}

EntryPtr AnswerCache::find_delegation(const wire::Name& zone, wire::Instant now) const {
  const NameKey key(zone, hash_seed_);
  return shard_of(key.hash()).find_at(key.view(), {Slot::Delegation, wire::Type::NS, View::Checked}, now);
}

void AnswerCache::forget_failure(const Key& key) {
  const NameKey name(key.name, hash_seed_);
  shard_of(name.hash()).erase_at(name.view(), {Slot::Failure, key.type, key.view});
}

void AnswerCache::forget_failures() {
  for (const auto& shard : shards_) shard->forget_failures();
}

void AnswerCache::set_settings(const CacheSettings& settings, std::size_t capacity_bytes) {
  prefetches_.store(settings.prefetch, std::memory_order_relaxed);
  const auto share = answers_bytes(capacity_bytes) / shards_.size();
  for (const auto& shard : shards_) shard->set_settings(settings, share);
  ranges_.set_settings(settings, ranges_bytes(capacity_bytes));
}

void AnswerCache::erase(const wire::Name& name) {
  const NameKey key(name, hash_seed_);
  shard_of(key.hash()).erase(key.view());
}

void AnswerCache::erase_subtree(const wire::Name& zone) {
  const NameKey key(zone, hash_seed_);
  for (const auto& shard : shards_) shard->erase_subtree(key.view().bytes);
  ranges_.erase_subtree(zone);
}

void AnswerCache::clear() {
  for (const auto& shard : shards_) shard->clear();
  ranges_.clear();
}

AnswerCache::Statistics AnswerCache::statistics() const {
  Statistics sum;
  for (const auto& shard : shards_) shard->add_to(sum);
  return sum;
}

}  // namespace shirube::cache
