#include "sim/signing.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "sim/ldns_records.hpp"

namespace shirube::sim {
namespace {

constexpr unsigned kKeysADepth = 4;
constexpr unsigned kKeysAGeneration = 64;

// A zone never has the keys of the zone above it, and hardly those of its neighbours: who mixes up their keys
// must fail.
[[nodiscard]] unsigned key_number(const wire::Name& zone, unsigned generation) {
  unsigned sum = 0;
  const auto lowered = zone.lowered();
  for (const auto octet : lowered.wire()) sum = sum * 31 + octet;
  const auto depth = static_cast<unsigned>(zone.label_count());
  // The depth is what an RSA key is chosen by, of which there are two.
  return generation * kKeysAGeneration + (sum % kKeysADepth) * 16 + (depth + generation) % 16;
}

[[nodiscard]] const SigningKey* key_of(const wire::Name& zone, const Signing& signing, KeyRole role) {
  return &signing_key({.algorithm = signing.algorithm,
                       .role = role,
                       .number = key_number(zone, signing.generation),
                       .rsa_bits = signing.rsa_bits});
}

}  // namespace

Signer::Signer(wire::Name zone, Signing signing)
    : zone_(std::move(zone)),
      signing_(std::move(signing)),
      key_signing_key_(key_of(zone_, signing_, KeyRole::KeySigning)),
      zone_signing_key_(signing_.one_key ? key_signing_key_ : key_of(zone_, signing_, KeyRole::ZoneSigning)) {
}

wire::RRset Signer::dnskeys(std::uint32_t ttl) const {
  wire::RRset keys{.owner = zone_, .type = wire::Type::DNSKEY, .ttl = ttl};
  for (const auto* key : {key_signing_key_, zone_signing_key_}) keys.rdatas.add_unless_present(key->dnskey());
  return keys;
}

wire::RRset Signer::ds(std::uint32_t ttl, dnssec::DigestType digest) const {
  wire::RRset key{.owner = zone_.lowered(), .type = wire::Type::DNSKEY, .ttl = ttl};
  key.rdatas.add(key_signing_key_->dnskey());
  const auto record = ldns_records(key);
  const RecordPtr digested(ldns_key_rr2ds(ldns_rr_list_rr(record.get(), 0), static_cast<ldns_hash>(digest)));
  if (digested == nullptr) throw std::runtime_error(fmt::format("{}: no DS", zone_.text()));
  wire::RRset ds{.owner = zone_, .type = wire::Type::DS, .ttl = ttl};
  ds.rdatas.add(rdata_of(*digested));
  return ds;
}

dnssec::TrustAnchor Signer::trust_anchor() const { return {.zone = zone_, .ds = ds(0).rdatas}; }

const wire::RdataList& Signer::sign(const wire::RRset& rrset) const {
  auto& made = made_[{rrset.owner, rrset.type}];
  if (made.signatures.empty() || made.over.ttl != rrset.ttl || made.over.rdatas != rrset.rdatas)
    made = {.over = rrset, .signatures = sign_within(rrset, signing_.validity)};
  return made.signatures;
}

wire::RdataList Signer::sign_within(const wire::RRset& rrset, Validity validity) const {
  const auto& key = rrset.type == wire::Type::DNSKEY ? *key_signing_key_ : *zone_signing_key_;
  wire::RdataList signatures;
  signatures.add(key.sign(rrset, zone_, validity));
  return signatures;
}

}  // namespace shirube::sim
