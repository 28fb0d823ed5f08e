// KeySet: the keys of one zone that a chain of trust has vouched for, parsed once and kept.
// Threads:  immutable after it was made, but its OpenSSL keys are used by one worker only.
// Owns:     its keys.
// Rules:    only keys with the ZONE flag, protocol 3, no REVOKE flag and a supported algorithm verify anything
//           (RFC 4034 §2.1, RFC 5011 §2.1). Of keys with one tag and algorithm the first kMaxKeysPerTag count
//           (KeyTrap, CVE-2023-50387).
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "dnssec/records.hpp"
#include "dnssec/signature.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec {

inline constexpr std::size_t kMaxKeysPerTag = 2;
// Usable keys that are kept of one zone: bounds what the memory of zones can hold. Honest zones have two, and
// eight in the middle of a roll-over of keys and algorithms.
inline constexpr std::size_t kMaxKeysPerZone = 16;

// May signatures of this key count at all?
[[nodiscard]] bool can_verify(const Dnskey& key, AlgorithmPolicy policy);

class KeySet {
 public:
  // All usable keys of a DNSKEY RRset whose own validation is over.
  KeySet(const wire::RRset& dnskeys, AlgorithmPolicy policy);

  [[nodiscard]] const wire::Name& zone() const { return zone_; }
  [[nodiscard]] AlgorithmPolicy policy() const { return policy_; }
  // Those that may have made a signature: at most kMaxKeysPerTag, all with this tag and algorithm.
  [[nodiscard]] std::span<const PublicKey> candidates(std::uint16_t tag, Algorithm algorithm) const;
  [[nodiscard]] bool empty() const { return groups_.empty(); }

 private:
  struct Group {
    std::uint16_t tag;
    Algorithm algorithm;
    std::vector<PublicKey> keys;
  };
  void add(std::uint16_t tag, PublicKey key);

  wire::Name zone_;
  AlgorithmPolicy policy_;
  std::vector<Group> groups_;
};
using KeySetPtr = std::shared_ptr<const KeySet>;

}  // namespace shirube::dnssec
