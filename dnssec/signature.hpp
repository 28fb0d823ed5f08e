// PublicKey: one DNSKEY's key, parsed once, and the verification of signatures with it.
// Threads:  one owner at a time.
// Owns:     the OpenSSL key.
// Errors:   KeyFault or false; OpenSSL's error queue is left empty.
// Source:   RFC 3110 and 5702 (RSA), RFC 6605 (ECDSA), RFC 8080 (EdDSA).
// Rules:    a key that we decline to verify with is Unsupported, as if its algorithm were: a zone that has no
//           other is insecure. One that nobody could verify with is Malformed: its zone is bogus.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <utility>

#include "dnssec/algorithms.hpp"
#include "wire/bytes.hpp"

struct evp_pkey_st;

namespace shirube::dnssec {

// A crafted RSA key costs 5.8 ms a signature: keys beyond these are unsupported.
inline constexpr std::size_t kMaxRsaModulusBits = 4096;
inline constexpr std::size_t kMaxRsaExponentBits = 35;
inline constexpr std::size_t kMinRsaModulusBits = 1024;  // and shorter ones protect nothing

enum class KeyFault : std::uint8_t {
  Malformed,    // not a key of this algorithm: wrong length, no point of the curve, an even RSA exponent
  Unsupported,  // of an algorithm that we do not know, or an RSA key beyond the limits above
};

class PublicKey {
 public:
  // `key`: the public key field of a DNSKEY.
  [[nodiscard]] static std::expected<PublicKey, KeyFault> parse(Algorithm algorithm, wire::BytesView key);

  // Does `signature` (as in an RRSIG) fit `data`?
  [[nodiscard]] bool verifies(wire::BytesView data, wire::BytesView signature) const;
  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  using Handle = std::unique_ptr<evp_pkey_st, Free>;
  PublicKey(Algorithm algorithm, Handle key) : algorithm_(algorithm), key_(std::move(key)) {}

  Algorithm algorithm_;
  Handle key_;
};

}  // namespace shirube::dnssec
