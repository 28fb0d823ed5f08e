#include "sim/signing_keys.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "sim/ldns_records.hpp"
#include "sim/rsa_keys.hpp"
#include "sim/seeded_random.hpp"

namespace shirube::sim {
namespace {

using dnssec::Algorithm;

constexpr std::size_t kNoiseKeySize = 32;
constexpr std::size_t kNoiseSignatureSize = 64;
constexpr std::uint16_t kZoneKey = 0x0100;
constexpr std::uint16_t kSecureEntryPoint = 0x0001;

[[nodiscard]] wire::Bytes noise(std::uint64_t seed, std::size_t size) {
  SeededRandom random(seed);
  wire::Bytes bytes(size);
  random.fill(bytes);
  return bytes;
}

[[nodiscard]] std::uint64_t seed_of(const KeyChoice& choice) {
  const auto algorithm = static_cast<std::uint64_t>(choice.algorithm);
  return (algorithm << 40U) + (static_cast<std::uint64_t>(choice.role) << 32U) + choice.number;
}

[[nodiscard]] std::uint16_t flags_of(KeyRole role) {
  return role == KeyRole::KeySigning ? kZoneKey | kSecureEntryPoint : kZoneKey;
}

// Octets of a private key that any octets make; 0: the algorithm has none such.
[[nodiscard]] std::size_t private_key_size(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::EcdsaP256:
    case Algorithm::Ed25519:
      return 32;
    case Algorithm::EcdsaP384:
      return 48;
    case Algorithm::Ed448:
      return 57;
    default:
      return 0;
  }
}

[[nodiscard]] bool is_rsa(Algorithm algorithm) {
  return algorithm == Algorithm::RsaSha1 || algorithm == Algorithm::RsaSha1Nsec3 ||
         algorithm == Algorithm::RsaSha256 || algorithm == Algorithm::RsaSha512;
}

[[nodiscard]] std::string base64(wire::BytesView bytes) {
  const FieldPtr field(ldns_rdf_new_frm_data(LDNS_RDF_TYPE_B64, bytes.size(), bytes.data()));
  const std::unique_ptr<char, decltype(&std::free)> text(ldns_rdf2str(field.get()), &std::free);
  return text.get();
}

// As BIND writes them to files; empty: ldns does not sign with the algorithm.
[[nodiscard]] std::string private_key_text(const KeyChoice& choice) {
  const auto header =
      fmt::format("Private-key-format: v1.2\nAlgorithm: {} (X)\n", static_cast<unsigned>(choice.algorithm));
  if (is_rsa(choice.algorithm)) return header + std::string(rsa_key_text(choice));
  const auto size = private_key_size(choice.algorithm);
  if (size == 0) return {};
  return header + fmt::format("PrivateKey: {}\n", base64(noise(seed_of(choice), size)));
}

[[nodiscard]] ldns_key* read_key(std::string text) {
  auto* file = fmemopen(text.data(), text.size(), "r");
  ldns_key* key = nullptr;
  const auto status = ldns_key_new_frm_fp(&key, file);
  std::fclose(file);
  if (status != LDNS_STATUS_OK)
    throw std::runtime_error(fmt::format("private key: {}", ldns_get_errorstr_by_id(status)));
  return key;
}

void append_u16(wire::Bytes& bytes, std::uint16_t value) {
  bytes.resize(bytes.size() + sizeof value);
  wire::write_u16(bytes.data() + bytes.size() - sizeof value, value);
}

void append_u32(wire::Bytes& bytes, std::uint32_t value) {
  bytes.resize(bytes.size() + sizeof value);
  wire::write_u32(bytes.data() + bytes.size() - sizeof value, value);
}

void append(wire::Bytes& bytes, wire::BytesView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

}  // namespace

void SigningKey::Free::operator()(ldns_struct_key* key) const { ldns_key_deep_free(key); }

SigningKey::SigningKey(const KeyChoice& choice) : algorithm_(choice.algorithm) {
  const auto text = private_key_text(choice);
  if (text.empty()) {
    append_u16(dnskey_, flags_of(choice.role));
    dnskey_.push_back(LDNS_DNSSEC_KEYPROTO);
    dnskey_.push_back(static_cast<std::uint8_t>(choice.algorithm));
    append(dnskey_, noise(seed_of(choice), kNoiseKeySize));
  } else {
    key_.reset(read_key(text));
    ldns_key_set_flags(key_.get(), flags_of(choice.role));
    const RecordPtr record(ldns_key2rr(key_.get()));
    if (record == nullptr) throw std::runtime_error("public key: ldns makes none");
    dnskey_ = rdata_of(*record);
  }
  tag_ = ldns_calc_keytag_raw(dnskey_.data(), dnskey_.size());
  if (key_ != nullptr) ldns_key_set_keytag(key_.get(), tag_);
}

wire::Bytes SigningKey::sign(const wire::RRset& rrset, const wire::Name& signer, Validity validity) const {
  if (key_ == nullptr) return noise_over(rrset, signer, validity);
  const auto owner = ldns_name(signer);
  ldns_key_set_pubkey_owner(key_.get(), owner.get());
  ldns_key_set_inception(key_.get(), static_cast<std::uint32_t>(validity.inception));
  ldns_key_set_expiration(key_.get(), static_cast<std::uint32_t>(validity.expiration));
  ldns_key* keys[]{key_.get()};
  ldns_key_list list{._key_count = 1, ._keys = keys};
  const auto records = ldns_records(rrset);
  const RecordsPtr signatures(ldns_sign_public(records.get(), &list));
  ldns_key_set_pubkey_owner(key_.get(), nullptr);
  if (signatures == nullptr || ldns_rr_list_rr_count(signatures.get()) != 1)
    throw std::runtime_error(
        fmt::format("{} {}: ldns does not sign it", rrset.owner.text(), wire::to_text(rrset.type)));
  return rdata_of(*ldns_rr_list_rr(signatures.get(), 0));
}

wire::Bytes SigningKey::noise_over(const wire::RRset& rrset, const wire::Name& signer,
                                   Validity validity) const {
  wire::Bytes rdata;
  append_u16(rdata, static_cast<std::uint16_t>(rrset.type));
  rdata.push_back(static_cast<std::uint8_t>(algorithm_));
  const auto labels = rrset.owner.label_count() - (rrset.owner.is_wildcard() ? 1 : 0);
  rdata.push_back(static_cast<std::uint8_t>(labels));
  append_u32(rdata, rrset.ttl);
  append_u32(rdata, static_cast<std::uint32_t>(validity.expiration));
  append_u32(rdata, static_cast<std::uint32_t>(validity.inception));
  append_u16(rdata, tag_);
  append(rdata, signer.wire());
  append(rdata, noise(tag_, kNoiseSignatureSize));
  return rdata;
}

const SigningKey& signing_key(const KeyChoice& choice) {
  thread_local std::map<KeyChoice, SigningKey> keys;
  const auto found = keys.find(choice);
  return found != keys.end() ? found->second : keys.emplace(choice, SigningKey(choice)).first->second;
}

}  // namespace shirube::sim
