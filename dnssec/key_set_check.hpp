// KeySetCheck: do the DNSKEYs of a zone belong to what its parent's DS (or a trust anchor) says?
// Threads:  one owner. Borrows the RRset and the anchor, which must outlive it.
// Units:    `now` in seconds since 1970 modulo 2^32.
// Source:   RFC 4035 §5.2, RFC 4509 §3 (SHA-1 DS do not count beside SHA-2), RFC 6840 §5.11 (any one algorithm
//           will do).
// Rules:    a key that an entry of the anchor matches must have signed the DNSKEY RRset. An anchor of which
//           no entry has a supported algorithm and digest makes the zone insecure; so does one of which each
//           such entry matches a key that is KeyFault::Unsupported. (One entry that matches no key is enough
//           for bogus: the key may have been taken out on the way.) At most kMaxAnchorEntries entries, and
//           kMaxKeysPerTag keys for each, are tried (KeyTrap).
//           Flaws: KeyNotForDs: no key matches. KeyNotForZone: one does that is revoked, or not a zone's, or
//           not of protocol 3. KeyMissing: one does that is KeyFault::Malformed, or none that matches has
//           signed. Others are those of the signatures over the DNSKEY RRset.
#pragma once

#include <cstdint>
#include <optional>

#include "dnssec/effort.hpp"
#include "dnssec/key_set.hpp"
#include "dnssec/rrset_check.hpp"
#include "dnssec/trust_anchors.hpp"
#include "dnssec/verdict.hpp"

namespace shirube::dnssec {

// DS or DNSKEY records that are compared with the keys of one zone; of an honest one there are hardly four.
inline constexpr std::size_t kMaxAnchorEntries = 16;
// Longer DNSKEYs match nothing: hashing one again and again must stay cheap. A key of 16384 bits has 2 KiB.
inline constexpr std::size_t kMaxAnchoredKeySize = 4096;

// Does the anchor (or a DS RRset) promise anything that we can verify? If not, why the zone is insecure:
// UnsupportedAlgorithm or UnsupportedDigest.
[[nodiscard]] std::optional<Flaw> why_insecure(const TrustAnchor& anchor, AlgorithmPolicy policy);

class KeySetCheck {
 public:
  KeySetCheck(const wire::RRset& dnskeys, const TrustAnchor& anchor, AlgorithmPolicy policy,
              std::uint32_t now);

  struct Outcome {
    Verdict verdict;              // Secure, Insecure (unsupported) or the flaw
    KeySetPtr keys = {};          // when Secure: all usable keys of the RRset
    std::uint32_t ttl = 0;        // when Secure: for how long, as Signed::ttl
    std::uint32_t valid_for = 0;  // when Secure: as Signed::valid_for
  };
  // Verifies one signature with one key at most. nullopt: come again.
  [[nodiscard]] std::optional<Outcome> step(Effort& effort);

 private:
  const wire::RRset* dnskeys_;
  AlgorithmPolicy policy_;
  Verdict verdict_;                       // when the RRset's signatures need no look
  KeySetPtr anchored_ = {};               // the keys that the anchor names
  std::optional<RrsetCheck> check_ = {};  // of the RRset with them
};

[[nodiscard]] KeySetCheck::Outcome check_key_set(const wire::RRset& dnskeys, const TrustAnchor& anchor,
                                                 AlgorithmPolicy policy, std::uint32_t now, Effort& effort);

}  // namespace shirube::dnssec
