#include "dnssec/canonical.hpp"

#include <algorithm>
#include <array>

#include "wire/ascii_case.hpp"
#include "wire/message.hpp"
#include "wire/rdata_layout.hpp"

namespace shirube::dnssec {
namespace {

using wire::Type;

constexpr Type kMd{3}, kMf{4}, kMb{7}, kMg{8}, kMr{9}, kMinfo{14}, kRt{21}, kPx{26};
constexpr std::array kTypesWithLoweredNames = {
    Type::NS, kMd,         kMf,      Type::CNAME, Type::SOA,   kMb,         kMg,
    kMr,      Type::PTR,   kMinfo,   Type::MX,    Type::RP,    Type::AFSDB, kRt,
    kPx,      Type::NAPTR, Type::KX, Type::SRV,   Type::DNAME, Type::RRSIG,
};

void lower_names(Type type, wire::BytesSpan rdata) {
  std::size_t at = 0;
  for (const wire::Field field : wire::rdata_layout(type).fields) {
    const auto end = wire::field_end(rdata, at, field, false);
    if (!end) return;
    const auto octets = rdata.subspan(at, *end - at);
    if (field.kind == wire::FieldKind::Name) wire::copy_lowered(octets, octets.data());
    at = *end;
  }
}

void append(wire::Bytes& to, wire::BytesView octets) { to.insert(to.end(), octets.begin(), octets.end()); }

void append_lowered(wire::Bytes& to, const wire::Name& name) { append(to, name.lowered().wire()); }

wire::Name signed_owner(const wire::Name& owner, std::size_t labels) {
  if (labels >= signed_labels(owner)) return owner.lowered();
  // Shorter than the owner, so that it fits.
  return *owner.suffix(labels).lowered().child("*");
}

}  // namespace

std::size_t signed_labels(const wire::Name& owner) {
  return owner.label_count() - (owner.is_wildcard() ? 1 : 0);
}

CanonicalRRset::CanonicalRRset(const wire::RRset& rrset)
    : rrset_(&rrset), rdatas_(rrset.rdatas.begin(), rrset.rdatas.end()) {
  if (std::ranges::find(kTypesWithLoweredNames, rrset.type) != kTypesWithLoweredNames.end()) {
    lowered_.reserve(rrset.rdatas.byte_size());  // views must not move
    for (wire::BytesView& rdata : rdatas_) {
      const std::size_t at = lowered_.size();
      append(lowered_, rdata);
      const auto copy = wire::BytesSpan(lowered_).subspan(at);
      lower_names(rrset.type, copy);
      rdata = copy;
    }
  }
  // RFC 4034 §6.3: octet by octet, and an end is before a zero.
  std::ranges::sort(rdatas_, [](wire::BytesView a, wire::BytesView b) {
    return std::ranges::lexicographical_compare(a, b);
  });
  const auto duplicates = std::ranges::unique(
      rdatas_, [](wire::BytesView a, wire::BytesView b) { return std::ranges::equal(a, b); });
  rdatas_.erase(duplicates.begin(), duplicates.end());
}

void CanonicalRRset::signed_data(const Rrsig& rrsig, wire::Bytes& into) const {
  into.clear();
  append(into, rrsig.fields);
  append_lowered(into, rrsig.signer);
  const wire::Name owner = signed_owner(rrset_->owner, rrsig.labels);
  std::array<std::uint8_t, wire::kRecordFixedSize> fixed{};
  wire::write_u16(&fixed[0], static_cast<std::uint16_t>(rrset_->type));
  wire::write_u16(&fixed[2], static_cast<std::uint16_t>(rrset_->klass));
  wire::write_u32(&fixed[4], rrsig.original_ttl);
  for (const wire::BytesView rdata : rdatas_) {
    wire::write_u16(&fixed[8], static_cast<std::uint16_t>(rdata.size()));
    append(into, owner.wire());
    append(into, fixed);
    append(into, rdata);
  }
}

}  // namespace shirube::dnssec
