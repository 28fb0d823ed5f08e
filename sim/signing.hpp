// Signer: how a zone of the simulation is signed, and its signatures: made when an answer needs them, so that
// a zone may change at any time and a big world costs no more than what of it is asked for.
// Threads:  one owner; copies of a zone share their Signer.
// Owns:     the signatures that it has made.
// Units:    seconds since 1970.
// Errors:   std::runtime_error when ldns does not sign.
// Source:   RFC 4034 §3, §5.
// Rules:    ldns makes canonical forms, signatures and digests: what it says is not what dnssec/ would.
#pragma once

#include <map>

#include "dnssec/trust_anchors.hpp"
#include "sim/signing_keys.hpp"
#include "sim/wall_clock.hpp"
#include "wire/rrset.hpp"

namespace shirube::sim {

enum class DenialForm : std::uint8_t {
  Nsec,
  Nsec3,
  Compact,  // RFC 9824: an NSEC made for the name, NXNAME instead of NXDOMAIN
};

// From the day before a simulation begins to a month after it.
inline constexpr Validity kUsualValidity{.inception = kSimulatedStart,
                                         .expiration = kSimulatedStart + std::int64_t{31} * 86'400};

struct Signing {
  dnssec::Algorithm algorithm = dnssec::Algorithm::EcdsaP256;
  DenialForm denial = DenialForm::Nsec;
  bool opt_out = false;          // NSEC3: leaves unsigned delegations out
  std::uint16_t iterations = 0;  // NSEC3
  wire::Bytes salt = {};         // NSEC3
  Validity validity = kUsualValidity;
  bool one_key = false;      // for both roles; else a KSK signs the keys and a ZSK all else
  unsigned rsa_bits = 1024;  // or 2048
  unsigned generation = 0;   // another generation, other keys: rollovers, and keys that the DS does not fit
};

// The name and type of an RRset; names in canonical order.
struct RRsetKey {
  wire::Name owner;
  wire::Type type{};
  friend bool operator<(const RRsetKey& a, const RRsetKey& b) {
    const auto order = a.owner.compare_canonical(b.owner);
    return order != 0 ? order < 0 : a.type < b.type;
  }
};

class Signer {
 public:
  Signer(wire::Name zone, Signing signing);

  [[nodiscard]] const Signing& signing() const { return signing_; }
  // Without signatures.
  [[nodiscard]] wire::RRset dnskeys(std::uint32_t ttl) const;
  // For the zone above.
  [[nodiscard]] wire::RRset ds(std::uint32_t ttl,
                               dnssec::DigestType digest = dnssec::DigestType::Sha256) const;
  // The anchor that a resolver needs to trust this zone.
  [[nodiscard]] dnssec::TrustAnchor trust_anchor() const;
  // RDATA of the RRSIGs. The same RRset gets the same ones again.
  [[nodiscard]] const wire::RdataList& sign(const wire::RRset& rrset) const;
  // Afresh, and with another validity.
  [[nodiscard]] wire::RdataList sign_within(const wire::RRset& rrset, Validity validity) const;

 private:
  struct Made {
    wire::RRset over;
    wire::RdataList signatures;
  };

  wire::Name zone_;
  Signing signing_;
  const SigningKey* key_signing_key_;
  const SigningKey* zone_signing_key_;
  mutable std::map<RRsetKey, Made> made_;
};

}  // namespace shirube::sim
