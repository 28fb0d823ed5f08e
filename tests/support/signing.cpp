#include "tests/support/signing.hpp"

#include <deque>
#include <stdexcept>
#include <string>

#include "dnssec/canonical.hpp"
#include "dnssec/records.hpp"
#include "wire/presentation.hpp"

namespace shirube::test {
namespace {

wire::Bytes rdata_of(const ldns_rr& record) {
  wire::Bytes rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&record); ++i) {
    const ldns_rdf* const field = ldns_rr_rdf(&record, i);
    rdata.insert(rdata.end(), ldns_rdf_data(field), ldns_rdf_data(field) + ldns_rdf_size(field));
  }
  return rdata;
}

LdnsRecord ldns_record(const wire::RRset& rrset, wire::BytesView rdata) {
  wire::Bytes octets = owned(rrset.owner.wire());
  std::array<std::uint8_t, 10> fixed{};
  wire::write_u16(&fixed[0], static_cast<std::uint16_t>(rrset.type));
  wire::write_u16(&fixed[2], static_cast<std::uint16_t>(rrset.klass));
  wire::write_u32(&fixed[4], rrset.ttl);
  wire::write_u16(&fixed[8], static_cast<std::uint16_t>(rdata.size()));
  octets.insert(octets.end(), fixed.begin(), fixed.end());
  octets.insert(octets.end(), rdata.begin(), rdata.end());
  ldns_rr* raw = nullptr;
  std::size_t at = 0;
  if (ldns_wire2rr(&raw, octets.data(), octets.size(), &at, LDNS_SECTION_ANSWER) != LDNS_STATUS_OK) {
    throw std::invalid_argument("ldns does not take this record");
  }
  return LdnsRecord(raw);
}

// What is signed is read from an RRSIG, which has to have some signature already.
wire::Bytes signed_data(wire::Bytes unsigned_rrsig, const wire::RRset& rrset) {
  unsigned_rrsig.push_back(0);
  wire::Bytes data;
  dnssec::CanonicalRRset(rrset).signed_data(dnssec::read_rrsig(unsigned_rrsig).value(), data);
  return data;
}

}  // namespace

wire::RRset rrset_of(std::initializer_list<std::string_view> lines) {
  std::optional<wire::RRset> rrset;
  for (const std::string_view line : lines) {
    auto record = wire::parse_record(line);
    if (!record) throw std::invalid_argument("not a record: " + std::string(line));
    if (!rrset) {
      rrset = std::move(record);
    } else {
      rrset->rdatas.add(*record->rdatas.begin());
    }
  }
  return rrset.value();
}

wire::Bytes owned(wire::BytesView octets) { return {octets.begin(), octets.end()}; }

LdnsRecords ldns_records(const wire::RRset& rrset) {
  LdnsRecords list(ldns_rr_list_new());
  for (const wire::BytesView rdata : rrset.rdatas) {
    ldns_rr_list_push_rr(list.get(), ldns_record(rrset, rdata).release());
  }
  return list;
}

SigningKey::SigningKey(std::string_view zone, dnssec::Algorithm algorithm, std::uint16_t flags,
                       std::uint16_t rsa_bits)
    : zone_(wire::Name::literal(zone)), algorithm_(algorithm) {
  const auto number = static_cast<ldns_signing_algorithm>(algorithm);
  key_ = ldns_key_new_frm_algorithm(number, rsa_bits);
  if (key_ == nullptr) throw std::runtime_error("ldns makes no such key");
  ldns_key_list_push_key(keys_.get(), key_);
  ldns_key_set_flags(key_, flags);
  ldns_key_set_pubkey_owner(key_, ldns_dname_new_frm_str(zone_.text().c_str()));
  const LdnsRecord record(ldns_key2rr(key_));
  dnskey_ = rdata_of(*record);
  ldns_key_set_keytag(key_, tag());
  ldns_key_set_inception(key_, kSignedSince);
  ldns_key_set_expiration(key_, kSignedUntil);
}

SigningKey::~SigningKey() = default;

std::uint16_t SigningKey::tag() const { return dnssec::key_tag(dnskey_); }

wire::Bytes SigningKey::sign_by_ldns(const wire::RRset& rrset) const {
  ldns_key_set_origttl(key_, rrset.ttl);
  const LdnsRecords signatures(ldns_sign_public(ldns_records(rrset).get(), keys_.get()));
  if (!signatures || ldns_rr_list_rr_count(signatures.get()) != 1) {
    throw std::runtime_error("ldns makes no signature");
  }
  return rdata_of(*ldns_rr_list_rr(signatures.get(), 0));
}

wire::Bytes SigningKey::sign(const wire::RRset& rrset, const SignAs& as) const {
  wire::Bytes rdata(18);
  wire::write_u16(&rdata[0], static_cast<std::uint16_t>(as.covered.value_or(rrset.type)));
  rdata[2] = static_cast<std::uint8_t>(algorithm_);
  rdata[3] = as.labels.value_or(static_cast<std::uint8_t>(dnssec::signed_labels(rrset.owner)));
  wire::write_u32(&rdata[4], as.original_ttl.value_or(rrset.ttl));
  wire::write_u32(&rdata[8], as.expiration);
  wire::write_u32(&rdata[12], as.inception);
  wire::write_u16(&rdata[16], as.key_tag.value_or(tag()));
  const auto signer = as.signer ? wire::Name::literal(*as.signer) : zone_;
  rdata.insert(rdata.end(), signer.wire().begin(), signer.wire().end());
  const auto signature = raw_signature(signed_data(rdata, rrset));
  rdata.insert(rdata.end(), signature.begin(), signature.end());
  return rdata;
}

wire::Bytes SigningKey::raw_signature(wire::BytesView data) const {
  const LdnsBuffer buffer(ldns_buffer_new(data.size()));
  ldns_buffer_write(buffer.get(), data.data(), data.size());
  const LdnsField field(ldns_sign_public_buffer(buffer.get(), key_));
  if (!field) throw std::runtime_error("ldns makes no signature");
  return {ldns_rdf_data(field.get()), ldns_rdf_data(field.get()) + ldns_rdf_size(field.get())};
}

wire::RRset dnskeys_of(std::initializer_list<const SigningKey*> keys) {
  wire::RRset rrset{.owner = (*keys.begin())->zone(), .type = wire::Type::DNSKEY, .ttl = 3600};
  for (const SigningKey* const key : keys) rrset.rdatas.add(key->dnskey());
  return rrset;
}

dnssec::KeySet key_set_of(std::initializer_list<const SigningKey*> keys) {
  return {dnskeys_of(keys), kWithSha1};
}

const SigningKey& key_of_example(dnssec::Algorithm algorithm) {
  static const auto keys = [] {
    std::deque<SigningKey> made;
    for (const auto each : kAllAlgorithms) made.emplace_back("example.", each);
    return made;
  }();
  for (const SigningKey& key : keys) {
    if (key.algorithm() == algorithm) return key;
  }
  throw std::invalid_argument("no such algorithm");
}

const SigningKey& example_key() { return key_of_example(dnssec::Algorithm::EcdsaP256); }

}  // namespace shirube::test
