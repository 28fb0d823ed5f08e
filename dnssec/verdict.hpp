// Verdict: what validation found out about a piece of data, and why.
// Threads:  values.
// Units:    `when` in seconds since 1970, modulo 2^32 (RFC 4034 §3.1.5).
// Source:   RFC 4035 §4.3 (the four states), RFC 8914 §4 (codes for the reasons).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/answer.hpp"
#include "wire/name.hpp"
#include "wire/types.hpp"

namespace shirube::dnssec {

enum class Status : std::uint8_t {
  Secure,         // a chain of signatures leads from a trust anchor to it
  Insecure,       // a trust anchor's chain proves that nothing vouches for it: as good as DNS without DNSSEC
  Bogus,          // it should have been signed so, and is not
  Indeterminate,  // what would tell could not be had
};

// The reason of a verdict that is not Secure.
enum class Flaw : std::uint8_t {
  None,
  // Insecure:
  NoTrustAnchor,         // no anchor stands above the name
  NegativeTrustAnchor,   // the administrator says so
  UnsignedDelegation,    // the parent proves that it has no DS for the zone
  UnsupportedAlgorithm,  // all DS or keys are of algorithms that we do not verify
  UnsupportedDigest,     // all DS are of digests that we do not know
  TooManyIterations,     // NSEC3 with more of them than we hash (RFC 9276 §3.2)
  // Bogus:
  SignatureMissing,      // signed zone, unsigned data
  SignatureExpired,      // `when` it did
  SignatureNotYetValid,  // `when` it will be
  SignatureBad,          // does not fit data and key
  SignatureMalformed,    // wrong signer, labels or owner: not a signature over this RRset at all
  KeyMissing,            // no key of the zone with the signature's tag and algorithm
  KeyNotForDs,           // no key of the zone matches what its parent (or the anchor) has
  KeyNotForZone,         // the key that matches lacks the ZONE flag or is revoked
  DenialMissing,         // signed zone, and no NSEC or NSEC3 with the denial
  DenialBroken,          // NSEC or NSEC3 are there, and do not prove it
  // Indeterminate:
  KeysUnreachable,  // the zone's DNSKEY could not be fetched
  DsUnreachable,    // the parent's word about the zone's DS could not be fetched
  TooCostly,        // more checks than one question may cost
  ClockWrong,       // even the root's signatures are outside their time: this host's clock is
};

struct Verdict {
  Status status = Status::Secure;
  Flaw flaw = Flaw::None;
  wire::Name owner = {};  // of the flawed RRset, or the zone whose keys or DS are
  wire::Type type{};      // of the flawed RRset
  std::uint32_t when = 0;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

[[nodiscard]] constexpr bool is_bogus_or_worse(Status status) {
  return status == Status::Bogus || status == Status::Indeterminate;
}

// "bogus": for the log and explanations.
[[nodiscard]] std::string_view to_text(Status status);
// "signature expired": the flaw alone.
[[nodiscard]] std::string_view to_text(Flaw flaw);
// "signature over example. SOA expired on 2026-11-01T00:00:00Z": a sentence without full stop.
[[nodiscard]] std::string to_text(const Verdict& verdict);
// The EDE that tells of the flaw: 1, 2, 5 - 12; Ede::UnsupportedNsec3Iterations (27).
[[nodiscard]] wire::Ede extended_error(Flaw flaw);

}  // namespace shirube::dnssec
