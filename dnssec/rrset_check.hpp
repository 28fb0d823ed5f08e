// RrsetCheck: is one RRset signed by the keys of its zone? Done in steps of one verification, so that who
// drives it can let others go on between them.
// Threads:  one owner. Borrows RRset and keys, which must outlive it.
// Units:    `now` in seconds since 1970 modulo 2^32.
// Source:   RFC 4034 §3, §6 (canonical form and order), RFC 4035 §5.3, RFC 6840 §5.
// Rules:    a signature counts when its signer is the key set's zone and holds the owner, it covers the type,
//           signer labels <= labels field <= labels of the owner (a leading asterisk not counted), and now is
//           within inception and expiration. Any one good signature will do. What is looked at of a crowd of
//           signatures is bounded by kMaxSignaturesPerRrset, beside the Effort.
//           NSEC, NSEC3, SOA and DNSKEY are never expanded from a wildcard: an NSEC with another owner would
//           deny what it has never denied (CVE-2017-15105). A zone does not sign its own DS (RFC 4035 §2.4).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dnssec/canonical.hpp"
#include "dnssec/effort.hpp"
#include "dnssec/key_set.hpp"
#include "dnssec/verdict.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec {

// Of one RRset, the first that pass all checks but the cryptographic one (KeyTrap; unbound scrubs to 8).
inline constexpr std::size_t kMaxSignaturesPerRrset = 8;

// What a good signature tells.
struct Signed {
  // min(TTL of the RRset, original TTL, time left to the expiration): RFC 4035 §5.3.3.
  std::uint32_t ttl = 0;
  // Seconds until the verifying signature expires, independent of the TTLs.
  std::uint32_t valid_for = 0;
  // The owner has been expanded from the wildcard *.`encloser` (RFC 4035 §5.3.4): that nothing closer exists
  // needs a proof.
  std::optional<wire::Name> wildcard_encloser = {};
  friend bool operator==(const Signed&, const Signed&) = default;
};

class RrsetCheck {
 public:
  RrsetCheck(const wire::RRset& rrset, const KeySet& keys, std::uint32_t now);

  // Verifies one signature with one key at most. nullopt: not decided yet, come again. A verdict that is not
  // Secure tells the flaw that came nearest to success: TooCostly when `effort` ran out.
  struct Outcome {
    Verdict verdict;
    Signed good = {};  // when Secure
  };
  [[nodiscard]] std::optional<Outcome> step(Effort& effort);

 private:
  struct Attempt {
    Rrsig rrsig;
    const PublicKey* key;
  };
  // Of a signature, by all that needs no cryptography.
  [[nodiscard]] Flaw flaw_before_verifying(const Rrsig& rrsig) const;
  void consider(wire::BytesView signature);
  void note(Flaw flaw, std::uint32_t when = 0);
  [[nodiscard]] Signed what_it_tells(const Rrsig& rrsig) const;

  const wire::RRset* rrset_;
  const KeySet* keys_;
  std::uint32_t now_;
  Verdict failure_;  // if no further attempt succeeds
  std::vector<Attempt> attempts_;
  std::size_t next_ = 0;
  std::optional<CanonicalRRset> canonical_ = {};  // made for the first attempt
  wire::Bytes signed_data_ = {};
};

// All steps at once: for tests, and for who need not pause.
[[nodiscard]] RrsetCheck::Outcome check_rrset(const wire::RRset& rrset, const KeySet& keys, std::uint32_t now,
                                              Effort& effort);

}  // namespace shirube::dnssec
