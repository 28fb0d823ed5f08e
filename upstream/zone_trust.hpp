// ZoneTrust: what validation has found out about a zone, and the memory of it.
// Threads:  one owner (a worker each): the keys are used without a lock.
// Owns:     the zones' keys. A pointer from find() is valid until the next call.
// Units:    Instants of the Network's clock.
// Rules:    one key set is checked once and remembered with its verdict. What is bogus is remembered 1 s,
//           doubling to 60 s while it fails (RFC 4035 §4.7, RFC 9520 §3.2), so that a broken zone costs
//           little and one that is mended is well at once.
#pragma once

#include <algorithm>
#include <memory>

#include "dnssec/key_set.hpp"
#include "dnssec/verdict.hpp"
#include "upstream/failure.hpp"
#include "upstream/generations.hpp"
#include "upstream/keyed_hashes.hpp"
#include "upstream/source.hpp"

namespace shirube::upstream {

// Bounds memory under names made up by an attacker; an honest key set takes about 2 KiB, the worst 32.
inline constexpr std::size_t kMaxTrustedZones = 4'096;
inline constexpr wire::Seconds kFirstDistrust{1};
inline constexpr wire::Seconds kMaxDistrust{60};
// However long its TTLs are: keys and DS are looked at again after a day.
inline constexpr wire::Seconds kMaxTrust{86'400};
// And at least this long, so that lookups that wait for the keys at the same time share them, even if they
// have a TTL of 0: otherwise each one fetches them anew, and an attacker's lookups keep the others waiting.
inline constexpr wire::Seconds kLeastTrust{1};

struct ZoneTrust {
  dnssec::Verdict verdict = {};  // Secure: `keys` are the zone's
  bool is_zone = true;           // false: the zone above proves that there is no zone cut
  dnssec::KeySetPtr keys = {};
  wire::Instant expires = wire::Instant::min();
  // The earliest expiry of the signatures from the anchor to the keys, independent of the TTLs.
  wire::Instant signed_until = wire::Instant::max();
  Source source = {};  // who sent what is flawed
  // Indeterminate: why the keys or the DS were not received.
  std::shared_ptr<const Failure> hindrance = {};
  [[nodiscard]] bool is_secure() const { return verdict.status == dnssec::Status::Secure; }
};

class TrustMemory {
 public:
  explicit TrustMemory(const KeyedHash& hash) : hash_{hash}, zones_(kMaxTrustedZones, hash_) {}

  // nullptr: nothing that still holds.
  [[nodiscard]] const ZoneTrust* find(const wire::Name& zone, wire::Instant now) {
    const auto* known = zones_.find(zone);
    return known != nullptr && now < known->trust.expires ? &known->trust : nullptr;
  }
  // The last verdict on it, also when it holds no longer. nullptr: none is remembered.
  [[nodiscard]] const dnssec::Verdict* last_verdict(const wire::Name& zone) {
    const auto* known = zones_.find(zone);
    return known == nullptr ? nullptr : &known->trust.verdict;
  }
  // A trust that failed gets its own end.
  void remember(const wire::Name& zone, ZoneTrust trust, wire::Instant now) {
    auto& record = zones_.at(zone);
    // Servers that do not answer are remembered elsewhere: when they are back, so is the zone.
    const bool unknown = trust.verdict.status == dnssec::Status::Indeterminate;
    const bool bogus = trust.verdict.status == dnssec::Status::Bogus;
    record.distrust = bogus ? std::clamp(2 * record.distrust, kFirstDistrust, kMaxDistrust) : wire::Seconds{};
    if (bogus || unknown) trust.expires = now + std::max(record.distrust, kFirstDistrust);
    record.trust = std::move(trust);
  }
  void forget_all() { zones_ = Zones(kMaxTrustedZones, hash_); }

 private:
  struct Record {
    ZoneTrust trust;
    wire::Seconds distrust{};
  };
  struct ZoneHash {
    KeyedHash hash;
    [[nodiscard]] std::size_t operator()(const wire::Name& zone) const { return hash(zone); }
  };
  using Zones = Generations<wire::Name, Record, ZoneHash>;
  ZoneHash hash_;
  Zones zones_;
};

}  // namespace shirube::upstream
