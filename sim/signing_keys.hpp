// SigningKey: a private key that zones of the simulation are signed with. Which one, is decided by numbers:
// the same zone has the same key, and key tag, in each run.
// Threads:  each thread makes its own keys, each of them once: to make one may cost more than a hundred signatures.
// Owns:     the key of ldns.
// Units:    seconds since 1970.
// Errors:   std::runtime_error when ldns does not make or use a key.
// Rules:    not secrets. RSA keys are constants; others grow from their number. An algorithm that ldns does not
//           sign with has keys and signatures of noise, as of one that a resolver has never heard of.
#pragma once

#include <compare>
#include <memory>

#include "dnssec/algorithms.hpp"
#include "wire/rrset.hpp"

struct ldns_struct_key;  // NOLINT(readability-identifier-naming): not our name

namespace shirube::sim {

struct Validity {
  std::int64_t inception = 0;
  std::int64_t expiration = 0;
  friend auto operator<=>(const Validity&, const Validity&) = default;
};

enum class KeyRole : std::uint8_t { ZoneSigning, KeySigning };

struct KeyChoice {
  dnssec::Algorithm algorithm = dnssec::Algorithm::EcdsaP256;
  KeyRole role = KeyRole::KeySigning;
  unsigned number = 0;       // other number, other key; RSA has but two of each length and role
  unsigned rsa_bits = 1024;  // or 2048
  friend auto operator<=>(const KeyChoice&, const KeyChoice&) = default;
};

class SigningKey {
 public:
  explicit SigningKey(const KeyChoice& choice);

  // RDATA, and its key tag.
  [[nodiscard]] const wire::Bytes& dnskey() const { return dnskey_; }
  [[nodiscard]] std::uint16_t tag() const { return tag_; }
  // The RDATA of an RRSIG over `rrset` by `signer`. A wildcard owner is signed as such.
  [[nodiscard]] wire::Bytes sign(const wire::RRset& rrset, const wire::Name& signer, Validity validity) const;

 private:
  struct Free {
    void operator()(ldns_struct_key* key) const;
  };
  [[nodiscard]] wire::Bytes noise_over(const wire::RRset& rrset, const wire::Name& signer,
                                       Validity validity) const;

  dnssec::Algorithm algorithm_;
  std::unique_ptr<ldns_struct_key, Free> key_;  // none: noise
  wire::Bytes dnskey_;
  std::uint16_t tag_ = 0;
};

// Lives as long as the thread.
[[nodiscard]] const SigningKey& signing_key(const KeyChoice& choice);

}  // namespace shirube::sim
