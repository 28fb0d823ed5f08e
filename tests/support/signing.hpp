// Keys made on the spot by ldns, and signatures by them over single RRsets: right ones, and ones that say
// what the test wants.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>

#include <ldns/ldns.h>

#include "dnssec/key_set.hpp"
#include "wire/rrset.hpp"

namespace shirube::test {

template <auto release>
struct ReleaseWith {
  template <class T>
  void operator()(T* raw) const {
    release(raw);
  }
};
using LdnsRecord = std::unique_ptr<ldns_rr, ReleaseWith<ldns_rr_free>>;
using LdnsRecords = std::unique_ptr<ldns_rr_list, ReleaseWith<ldns_rr_list_deep_free>>;
using LdnsKeys = std::unique_ptr<ldns_key_list, ReleaseWith<ldns_key_list_free>>;  // frees the keys as well
using LdnsField = std::unique_ptr<ldns_rdf, ReleaseWith<ldns_rdf_deep_free>>;
using LdnsBuffer = std::unique_ptr<ldns_buffer, ReleaseWith<ldns_buffer_free>>;

// 2026-11-22: the time of all tests about signatures.
inline constexpr std::uint32_t kSigningTime = 1'795'305'600;
inline constexpr std::uint32_t kSignedSince = kSigningTime - 3'600;
inline constexpr std::uint32_t kSignedUntil = kSigningTime + 7 * 86'400;

inline constexpr std::array kAllAlgorithms = {
    dnssec::Algorithm::RsaSha1,   dnssec::Algorithm::RsaSha1Nsec3, dnssec::Algorithm::RsaSha256,
    dnssec::Algorithm::RsaSha512, dnssec::Algorithm::EcdsaP256,    dnssec::Algorithm::EcdsaP384,
    dnssec::Algorithm::Ed25519,   dnssec::Algorithm::Ed448,
};
inline constexpr dnssec::AlgorithmPolicy kWithSha1{.sha1_signatures = true};

inline constexpr std::uint16_t kZoneKey = 0x0100;
inline constexpr std::uint16_t kEntryPoint = 0x0101;
inline constexpr std::uint16_t kRevokedKey = 0x0181;

// Lines of a zone file with whole names, all of one RRset.
[[nodiscard]] wire::RRset rrset_of(std::initializer_list<std::string_view> lines);
[[nodiscard]] wire::Bytes owned(wire::BytesView octets);
[[nodiscard]] LdnsRecords ldns_records(const wire::RRset& rrset);

// What a signature says; what is not named here is as it should be.
struct SignAs {
  std::optional<wire::Type> covered = {};
  std::optional<std::uint8_t> labels = {};
  std::optional<std::uint32_t> original_ttl = {};
  std::uint32_t expiration = kSignedUntil;
  std::uint32_t inception = kSignedSince;
  std::optional<std::uint16_t> key_tag = {};
  std::optional<std::string_view> signer = {};
};

class SigningKey {
 public:
  SigningKey(std::string_view zone, dnssec::Algorithm algorithm, std::uint16_t flags = kEntryPoint,
             std::uint16_t rsa_bits = 1024);
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  [[nodiscard]] const wire::Name& zone() const { return zone_; }
  [[nodiscard]] dnssec::Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] const wire::Bytes& dnskey() const { return dnskey_; }  // RDATA
  [[nodiscard]] std::uint16_t tag() const;

  // RRSIG RDATA, all of it from ldns: a second opinion on what is signed.
  [[nodiscard]] wire::Bytes sign_by_ldns(const wire::RRset& rrset) const;
  // RRSIG RDATA that says what `as` says, with a signature that fits.
  [[nodiscard]] wire::Bytes sign(const wire::RRset& rrset, const SignAs& as = {}) const;
  // As it stands in an RRSIG.
  [[nodiscard]] wire::Bytes raw_signature(wire::BytesView data) const;

 private:
  wire::Name zone_;
  dnssec::Algorithm algorithm_;
  LdnsKeys keys_{ldns_key_list_new()};  // of one
  ldns_key* key_ = nullptr;
  wire::Bytes dnskey_;
};

// The DNSKEY RRset of the keys' zone.
[[nodiscard]] wire::RRset dnskeys_of(std::initializer_list<const SigningKey*> keys);
[[nodiscard]] dnssec::KeySet key_set_of(std::initializer_list<const SigningKey*> keys);

// One key of each algorithm for the zone example., made once for all tests: RSA keys take long.
[[nodiscard]] const SigningKey& key_of_example(dnssec::Algorithm algorithm);
[[nodiscard]] const SigningKey& example_key();

}  // namespace shirube::test
