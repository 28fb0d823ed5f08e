// Which signing algorithms and DS digests are verified at all; all others make a zone insecure, not bogus.
// Threads:  constants and pure functions.
// Source:   RFC 9904 and the IANA registries "DNS Security Algorithm Numbers" and "DS RR Type Digest
//           Algorithms", RFC 9905 (SHA-1), RFC 9906 (GOST), RFC 4035 §5.2.
#pragma once

#include <cstdint>

namespace shirube::dnssec {

enum class Algorithm : std::uint8_t {
  RsaSha1 = 5,
  RsaSha1Nsec3 = 7,
  RsaSha256 = 8,
  RsaSha512 = 10,
  EcdsaP256 = 13,
  EcdsaP384 = 14,
  Ed25519 = 15,
  Ed448 = 16,
};

enum class DigestType : std::uint8_t { Sha1 = 1, Sha256 = 2, Sha384 = 4 };

struct AlgorithmPolicy {
  bool sha1_signatures = false;  // algorithms 5 and 7
  friend bool operator==(const AlgorithmPolicy&, const AlgorithmPolicy&) = default;
};

[[nodiscard]] bool is_supported(Algorithm algorithm, AlgorithmPolicy policy);
[[nodiscard]] bool is_supported(DigestType type);
// Nominal microseconds of one verification on a slow core (for Effort).
[[nodiscard]] unsigned verification_cost(Algorithm algorithm);

}  // namespace shirube::dnssec
