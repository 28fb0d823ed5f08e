// DenialZone: what is known of one zone's chain of NSEC or NSEC3 records, in the chain's order.
// Threads:  one owner, or the caller's lock.
// Owns:     its SOA; the records belong to the table of the shard, and leave the chain when that drops them.
// Rules:    a zone has one chain: records of the other kind, or of another salt, take the place of all.
// Source:   RFC 4034 §6.1 (order of names), RFC 5155 §8.3.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "cache/sieve_table.hpp"
#include "dnssec/nsec3.hpp"
#include "wire/rrset.hpp"
#include "wire/time.hpp"

namespace shirube::cache {

class DenialZone;
struct RangeNode;

// Byte strings that compare as the chain is ordered: hashes, or names right to left.
using RangeKey = wire::Bytes;
using RangeChain = std::map<RangeKey, RangeNode*>;

// nullopt: NSEC.
using ChainKind = std::optional<dnssec::Nsec3Parameters>;

// `name` in canonical order below a zone of `zone_labels` labels. REQUIRES: it is within that zone.
[[nodiscard]] RangeKey order_key(const wire::Name& name, std::size_t zone_labels);

// An NSEC or NSEC3 that may deny names other than the one it was made for.
struct UsefulRange {
  RangeKey key;
  ChainKind kind;
};
// nullopt: not a record of the zone's chain, or not a useful one.
[[nodiscard]] std::optional<UsefulRange> useful_range(const wire::RRset& rrset, const wire::Name& zone);

// Copies of what may tell about one name, TTLs as they are now.
struct Evidence {
  std::vector<wire::RRset> records = {};  // first the one nearest to the name
  std::optional<dnssec::Nsec3Hashes> hashes = {};
  wire::RRset soa = {};
};

struct RangeNode : SieveLinks<RangeNode> {
  RangeNode(DenialZone& its_zone, RangeChain::iterator its_place, wire::RRset its_rrset,
            wire::Instant its_expiry);
  [[nodiscard]] std::size_t cost() const;
  static void destroy(RangeNode* node) noexcept;

  DenialZone* zone;
  RangeChain::iterator place;
  wire::RRset rrset;
  wire::Instant expires;
};

class DenialZone {
 public:
  // Who loses the last record of its chain puts itself into `emptied`.
  DenialZone(wire::Name name, DenialZone** emptied) : name_(std::move(name)), emptied_(emptied) {}

  [[nodiscard]] const wire::Name& name() const { return name_; }
  void set_soa(const wire::RRset& soa, wire::Instant expires);
  [[nodiscard]] const ChainKind& kind() const { return kind_; }
  // REQUIRES: the chain is empty.
  void set_kind(ChainKind kind) { kind_ = std::move(kind); }
  [[nodiscard]] RangeChain& chain() { return chain_; }
  void remove(RangeChain::iterator place) noexcept;
  [[nodiscard]] std::size_t cost() const;

  // Marks what it takes as used.
  [[nodiscard]] Evidence gather(const wire::Name& name, wire::Instant now, dnssec::Effort& effort) const;

 private:
  // The fresh record at or in front of the key; the last of the chain in front of all.
  [[nodiscard]] RangeNode* at_or_before(const RangeKey& key, wire::Instant now) const;
  // What stands where a name's hash is, or would be.
  struct Sighting {
    RangeNode* match = nullptr;
    RangeNode* cover = nullptr;
    [[nodiscard]] RangeNode* either() const { return match != nullptr ? match : cover; }
  };
  [[nodiscard]] Sighting look(const std::optional<dnssec::Nsec3Hash>& hash, wire::Instant now) const;
  [[nodiscard]] std::vector<RangeNode*> nsecs_about(const wire::Name& name, wire::Instant now) const;
  [[nodiscard]] std::vector<RangeNode*> nsec3s_about(const wire::Name& name, wire::Instant now,
                                                     dnssec::Nsec3Hashes& hashes,
                                                     dnssec::Effort& effort) const;

  wire::Name name_;
  DenialZone** emptied_;
  wire::RRset soa_;
  wire::Instant soa_expires_;
  ChainKind kind_;
  RangeChain chain_;
};

}  // namespace shirube::cache
