#include "cache/denial_ranges.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "cache/denial_zone.hpp"
#include "cache/keyed_hash.hpp"
#include "cache/memory_cost.hpp"
#include "dnssec/nsec.hpp"
#include "wire/ascii_case.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::cache {
namespace {

using dnssec::Denials;
using dnssec::Proof;
using wire::Name;
using wire::Seconds;

// More locks than workers, so that two of them seldom meet; but no shard so small that it holds next to
// nothing.
constexpr std::size_t kMaxRangeShards = 16;
constexpr std::size_t kMinRangeShardBytes = std::size_t{1} << 20;
// Records dropped while the lock is held, when the capacity gets smaller.
constexpr std::size_t kEvictionsAtOnce = 64;
// Records that one hold of the lock looks at while a subtree is erased.
constexpr std::size_t kSweptAtOnce = 256;

struct KeyedNameHash {
  std::uint64_t seed;
  [[nodiscard]] std::size_t operator()(const Name& name) const {
    std::array<std::uint8_t, wire::kMaxNameLength> lowered;
    wire::copy_lowered(name.wire(), lowered.data());
    return keyed_hash(HashKey::from_seed(seed), 0, {lowered.data(), name.size()});
  }
};

// RFC 9077 §3. Zero: nothing of the zone may be kept.
Seconds longest_lifetime(const wire::RRset& soa, const CacheSettings& settings) {
  if (soa.type != wire::Type::SOA || soa.rdatas.empty()) return Seconds(0);
  const auto fields = wire::read_soa(*soa.rdatas.begin());
  if (!fields) return Seconds(0);
  return std::min({Seconds(soa.ttl), Seconds(fields->minimum), settings.negative_max_ttl});
}

// What the evidence says; Wildcard with the wildcard's name.
struct Judgement {
  RangeAnswer::Kind kind;
  std::optional<Name> wildcard = {};
};

std::optional<Judgement> made_by_wildcard(const Name& encloser) {
  auto wildcard = encloser.child("*");
  if (!wildcard) return std::nullopt;
  return Judgement{.kind = RangeAnswer::Kind::Wildcard, .wildcard = *std::move(wildcard)};
}

std::optional<Judgement> judge_nsec(const Denials& denials, const wire::Question& question) {
  const dnssec::NsecProof proof(denials);
  if (proof.no_data(question.name, question.type)) return Judgement{RangeAnswer::Kind::NoData};
  if (proof.no_name(question.name)) return Judgement{RangeAnswer::Kind::NxDomain};
  const auto encloser = proof.closest_encloser(question.name);
  return encloser ? made_by_wildcard(*encloser) : std::nullopt;
}

std::optional<Judgement> judge_nsec3(const Denials& denials, const wire::Question& question,
                                     dnssec::Nsec3Hashes& hashes, dnssec::Effort& effort) {
  dnssec::Nsec3Proof proof(denials, hashes, effort);
  if (proof.no_data(question.name, question.type) == Proof::Proven) {
    return Judgement{RangeAnswer::Kind::NoData};
  }
  if (proof.no_name(question.name) == Proof::Proven) return Judgement{RangeAnswer::Kind::NxDomain};
  const dnssec::Absence absence = proof.absence(question.name);
  return absence.proof == Proof::Proven ? made_by_wildcard(absence.encloser) : std::nullopt;
}

std::optional<RangeAnswer> answer_from(const Name& zone, Evidence evidence, const wire::Question& question,
                                       dnssec::Effort& effort) {
  if (evidence.records.empty()) return std::nullopt;
  Denials denials{.zone = zone};
  for (const wire::RRset& rrset : evidence.records) denials.records.push_back(&rrset);
  auto judgement = evidence.hashes ? judge_nsec3(denials, question, *evidence.hashes, effort)
                                   : judge_nsec(denials, question);
  if (!judgement) return std::nullopt;
  RangeAnswer answer{.kind = judgement->kind, .proof = std::move(evidence.records), .zone = zone};
  if (answer.kind == RangeAnswer::Kind::Wildcard) {
    answer.proof.resize(1);
    answer.wildcard = std::move(judgement->wildcard);
  } else {
    answer.proof.insert(answer.proof.begin(), std::move(evidence.soa));
  }
  return answer;
}

}  // namespace

class DenialRanges::Shard {
 public:
  struct Stored {
    const wire::RRset* rrset;
    UsefulRange range;
    wire::Instant expires;
  };
  Shard(const CacheSettings& settings, std::size_t capacity, std::uint64_t hash_seed)
      : settings_(settings), capacity_(capacity), zones_(0, KeyedNameHash{hash_seed}) {}

  void store(const Name& zone, std::vector<Stored> ranges, const wire::RRset& soa, wire::Instant soa_expires);
  // nullopt: nothing is known of this zone.
  [[nodiscard]] std::optional<Evidence> gather(const Name& zone, const Name& name, wire::Instant now,
                                               dnssec::Effort& effort);
  [[nodiscard]] CacheSettings settings() const;
  void set_settings(const CacheSettings& settings, std::size_t capacity);
  void erase_subtree(const Name& zone);
  void clear();
  void add_to(Statistics& sum) const;

 private:
  using Zones = std::unordered_map<Name, DenialZone, KeyedNameHash>;

  // Under the lock:
  [[nodiscard]] DenialZone& zone_for(const Name& name, const ChainKind& kind);
  void put(DenialZone& zone, Stored stored);
  // Evicts `most` records at most; true when `cost` more bytes fit.
  bool make_room(std::size_t cost, std::size_t capacity, std::size_t most = SIZE_MAX);
  [[nodiscard]] bool fits(std::size_t cost, std::size_t capacity) const;
  void forget(const DenialZone& zone);
  [[nodiscard]] std::size_t zone_bytes() const;

  std::mutex sweeping_;  // taken before mutex_, and held over a whole sweep
  mutable std::mutex mutex_;
  CacheSettings settings_;
  std::size_t capacity_;
  Zones zones_;
  std::size_t charged_for_zones_ = 0;
  DenialZone* emptied_ = nullptr;
  SieveTable<RangeNode> nodes_;  // goes before the zones that its nodes are in
  std::uint64_t insertions_ = 0;
  std::uint64_t evictions_ = 0;
};

std::size_t DenialRanges::Shard::zone_bytes() const {
  return charged_for_zones_ + allocation_cost(zones_.bucket_count() * sizeof(void*));
}

bool DenialRanges::Shard::fits(std::size_t cost, std::size_t capacity) const {
  const std::size_t taken = zone_bytes();
  return taken <= capacity && nodes_.fits(cost, capacity - taken);
}

void DenialRanges::Shard::forget(const DenialZone& zone) {
  charged_for_zones_ -= zone.cost();
  zones_.erase(zones_.find(zone.name()));
}

// One by one, since a zone goes along with the last of its records.
bool DenialRanges::Shard::make_room(std::size_t cost, std::size_t capacity, std::size_t most) {
  const auto nobody = [](const RangeNode&) { return false; };
  for (; most > 0 && nodes_.entries() > 0 && !fits(cost, capacity); --most) {
    evictions_ += nodes_.make_room(1, 0, nobody, 1);
    if (const DenialZone* zone = std::exchange(emptied_, nullptr)) forget(*zone);
  }
  return fits(cost, capacity);
}

DenialZone& DenialRanges::Shard::zone_for(const Name& name, const ChainKind& kind) {
  const auto [known, is_new] = zones_.try_emplace(name, name, &emptied_);
  DenialZone& zone = known->second;
  if (is_new) charged_for_zones_ += zone.cost();
  if (zone.kind() == kind) return zone;
  while (!zone.chain().empty()) nodes_.erase(zone.chain().begin()->second);
  emptied_ = nullptr;
  charged_for_zones_ -= zone.cost();
  zone.set_kind(kind);
  charged_for_zones_ += zone.cost();
  return zone;
}

// The place in the chain is taken first: it keeps the zone while room is made for the record.
void DenialRanges::Shard::put(DenialZone& zone, Stored stored) {
  if (const auto old = zone.chain().find(stored.range.key); old != zone.chain().end()) {
    nodes_.erase(old->second);
    emptied_ = nullptr;
  }
  const auto place = zone.chain().emplace(std::move(stored.range.key), nullptr).first;
  auto node = std::make_unique<RangeNode>(zone, place, *stored.rrset, stored.expires);
  node->hash = static_cast<std::uint32_t>(++insertions_);
  if (!make_room(node->cost(), capacity_)) {
    zone.chain().erase(place);
    return;
  }
  place->second = node.get();
  nodes_.insert(node.release());
}

void DenialRanges::Shard::store(const Name& zone, std::vector<Stored> ranges, const wire::RRset& soa,
                                wire::Instant soa_expires) {
  const std::scoped_lock lock(mutex_);
  for (Stored& stored : ranges) {
    DenialZone& home = zone_for(zone, stored.range.kind);
    charged_for_zones_ -= home.cost();
    home.set_soa(soa, soa_expires);
    charged_for_zones_ += home.cost();
    put(home, std::move(stored));
    if (home.chain().empty()) forget(home);
  }
}

std::optional<Evidence> DenialRanges::Shard::gather(const Name& zone, const Name& name, wire::Instant now,
                                                    dnssec::Effort& effort) {
  const std::scoped_lock lock(mutex_);
  const auto known = zones_.find(zone);
  if (known == zones_.end()) return std::nullopt;
  return known->second.gather(name, now, effort);
}

CacheSettings DenialRanges::Shard::settings() const {
  const std::scoped_lock lock(mutex_);
  return settings_;
}

void DenialRanges::Shard::set_settings(const CacheSettings& settings, std::size_t capacity) {
  for (bool done = false; !done;) {
    const std::scoped_lock lock(mutex_);
    settings_ = settings;
    capacity_ = capacity;
    done = make_room(0, capacity, kEvictionsAtOnce) || nodes_.entries() == 0;
  }
}

void DenialRanges::Shard::erase_subtree(const Name& zone) {
  const std::scoped_lock sweep(sweeping_);
  bool begins = true;
  for (bool over = false; !over;) {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(begins, false)) nodes_.begin_sweep();
    for (std::size_t looked_at = 0; looked_at < kSweptAtOnce && !over; ++looked_at) {
      RangeNode* node = nodes_.next_of_sweep();
      over = node == nullptr;
      if (over || !node->zone->name().is_within(zone)) continue;
      nodes_.erase(node);
      if (const DenialZone* emptied = std::exchange(emptied_, nullptr)) forget(*emptied);
    }
  }
}

void DenialRanges::Shard::clear() {
  for (bool done = false; !done;) {
    const std::scoped_lock lock(mutex_);
    make_room(0, 0, kEvictionsAtOnce);
    done = nodes_.entries() == 0;
  }
}

void DenialRanges::Shard::add_to(Statistics& sum) const {
  const std::scoped_lock lock(mutex_);
  sum.zones += zones_.size();
  sum.records += nodes_.entries();
  sum.bytes += zone_bytes() + nodes_.bytes();
  sum.capacity += capacity_;
  sum.insertions += insertions_;
  sum.evictions += evictions_;
}

DenialRanges::DenialRanges(const CacheSettings& settings, std::size_t capacity_bytes, std::uint64_t hash_seed)
    : shards_(
          std::bit_floor(std::clamp<std::size_t>(capacity_bytes / kMinRangeShardBytes, 1, kMaxRangeShards))),
      hash_seed_(hash_seed) {
  for (auto& shard : shards_) {
    shard = std::make_unique<Shard>(settings, capacity_bytes / shards_.size(), hash_seed);
  }
}
DenialRanges::~DenialRanges() = default;

DenialRanges::Shard& DenialRanges::shard_of(const Name& zone) const {
  return *shards_[(KeyedNameHash{hash_seed_}(zone) >> 32) % shards_.size()];
}

void DenialRanges::store(const Name& zone, const std::vector<wire::RRset>& records, const wire::RRset& soa,
                         wire::Instant now) {
  Shard& shard = shard_of(zone);
  const Seconds longest = longest_lifetime(soa, shard.settings());
  if (longest <= Seconds(0) || soa.owner != zone || wire::memory_size(soa) > kMaxRangeBytes) return;
  std::vector<Shard::Stored> ranges;
  for (const wire::RRset& rrset : records) {
    if (rrset.ttl == 0 || wire::memory_size(rrset) > kMaxRangeBytes) continue;
    auto range = useful_range(rrset, zone);
    if (!range) continue;
    const Seconds lifetime = std::min(Seconds(rrset.ttl), longest);
    ranges.push_back({.rrset = &rrset, .range = *std::move(range), .expires = now + lifetime});
  }
  if (ranges.empty()) return;
  shard.store(zone, std::move(ranges), soa, now + longest);
  is_used_.store(true, std::memory_order_relaxed);
}

std::optional<RangeAnswer> DenialRanges::find(const wire::Question& question, wire::Instant now,
                                              dnssec::Effort& effort) const {
  if (!is_used_.load(std::memory_order_relaxed) || question.klass != wire::Class::IN) return std::nullopt;
  Name zone = wire::name_above_cut(question);
  dnssec::Effort for_this{.hashes_left = effort.take_hashes(kMaxHashesPerLook)};
  std::optional<RangeAnswer> answer;
  while (true) {
    if (auto evidence = shard_of(zone).gather(zone, question.name, now, for_this)) {
      answer = answer_from(zone, *std::move(evidence), question, for_this);
      break;
    }
    if (zone.is_root()) break;
    zone = zone.parent();
  }
  effort.give_back_hashes(for_this.hashes_left);
  effort.since_pause += for_this.since_pause;
  return answer;
}

void DenialRanges::set_settings(const CacheSettings& settings, std::size_t capacity_bytes) {
  for (const auto& shard : shards_) shard->set_settings(settings, capacity_bytes / shards_.size());
}

void DenialRanges::erase_subtree(const Name& zone) {
  for (const auto& shard : shards_) shard->erase_subtree(zone);
}

void DenialRanges::clear() {
  is_used_.store(false, std::memory_order_relaxed);
  for (const auto& shard : shards_) shard->clear();
}

DenialRanges::Statistics DenialRanges::statistics() const {
  Statistics sum;
  for (const auto& shard : shards_) shard->add_to(sum);
  return sum;
}

}  // namespace shirube::cache
