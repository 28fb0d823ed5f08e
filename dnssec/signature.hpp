// PublicKey: one DNSKEY's key, parsed once, and the verification of signatures with it.
// Threads:  one owner at a time.
// Owns:     the OpenSSL key.
// Errors:   nullopt or false; OpenSSL's error queue is left empty.
// Source:   RFC 3110 and 5702 (RSA), RFC 6605 (ECDSA), RFC 8080 (EdDSA).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "dnssec/algorithms.hpp"
#include "wire/bytes.hpp"

struct evp_pkey_st;

namespace shirube::dnssec {

// A crafted RSA key costs 5.8 ms a signature: keys beyond these are unsupported.
inline constexpr std::size_t kMaxRsaModulusBits = 4096;
inline constexpr std::size_t kMaxRsaExponentBits = 35;
inline constexpr std::size_t kMinRsaModulusBits = 1024;  // and shorter ones protect nothing

class PublicKey {
 public:
  // `key`: the public key field of a DNSKEY. nullopt: not a key of this algorithm, or not one that we verify
  // with.
  [[nodiscard]] static std::optional<PublicKey> parse(Algorithm algorithm, wire::BytesView key);

  // Does `signature` (as in an RRSIG) fit `data`?
  [[nodiscard]] bool verifies(wire::BytesView data, wire::BytesView signature) const;
  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  PublicKey(Algorithm algorithm, std::unique_ptr<evp_pkey_st, Free> key)
      : algorithm_(algorithm), key_(std::move(key)) {}

  Algorithm algorithm_;
  std::unique_ptr<evp_pkey_st, Free> key_;
};

}  // namespace shirube::dnssec
