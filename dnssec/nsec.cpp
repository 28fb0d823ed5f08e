#include "dnssec/nsec.hpp"

#include <algorithm>

namespace shirube::dnssec {
namespace {

using wire::Name;

// RFC 4592 §3.3.1: of two names next to each other in the chain, one shares with `name` all that exists of
// it. REQUIRES: owner and next are within a zone that holds `name`.
Name encloser_between(const NsecSpan& span, const Name& name) {
  Name encloser = name.parent();
  while (!span.owner->is_within(encloser) && !span.next.is_within(encloser)) encloser = encloser.parent();
  return encloser;
}

}  // namespace

std::optional<NsecSpan> read_nsec_span(const wire::RRset& rrset, const Name& zone) {
  if (rrset.type != wire::Type::NSEC || rrset.klass != wire::Class::IN || rrset.rdatas.count() != 1) {
    return std::nullopt;
  }
  const wire::BytesView rdata = *rrset.rdatas.begin();
  auto nsec = read_nsec(rdata);
  if (!nsec || !rrset.owner.is_within(zone) || !nsec->next.is_within(zone)) return std::nullopt;
  const OwnerTypes types(rdata.subspan(nsec->next.size()));
  return NsecSpan{.owner = &rrset.owner, .next = std::move(nsec->next), .types = types};
}

NsecProof::NsecProof(const Denials& denials) : zone_(denials.zone) {
  const std::size_t count = std::min(denials.records.size(), kMaxDenialRecords);
  for (std::size_t i = 0; i < count; ++i) {
    if (auto span = read_nsec_span(*denials.records[i], zone_)) spans_.push_back(*std::move(span));
  }
}

// Strictly; and the record may speak of the name (RFC 6840 §4.1).
bool NsecProof::is_between(const NsecSpan& span, const Name& name) const {
  if (span.owner->compare_canonical(name) >= 0) return false;
  const bool is_last = span.next == zone_;
  if (!is_last && name.compare_canonical(span.next) >= 0) return false;
  return !(span.types.hides_names_below() && name.is_within(*span.owner));
}

bool NsecProof::is_missing(const NsecSpan& span, const Name& name) const {
  return is_between(span, name) && !span.next.is_within(name);
}

bool NsecProof::no_data_at(const Name& name, wire::Type type) const {
  return std::ranges::any_of(spans_, [&](const NsecSpan& span) {
    if (*span.owner == name) return span.types.denies(type, name);
    return is_between(span, name) && span.next.is_within(name);
  });
}

bool NsecProof::no_data(const Name& name, wire::Type type) const {
  if (no_data_at(name, type)) return true;
  return std::ranges::any_of(spans_, [&](const NsecSpan& span) {
    if (!is_missing(span, name)) return false;
    const auto wildcard = encloser_between(span, name).child("*");
    return wildcard && no_data_at(*wildcard, type);
  });
}

bool NsecProof::no_name(const Name& name) const {
  if (says_no_such_name(name)) return true;
  return std::ranges::any_of(spans_, [&](const NsecSpan& span) {
    if (!is_missing(span, name)) return false;
    const auto wildcard = encloser_between(span, name).child("*");
    return wildcard &&
           std::ranges::any_of(spans_, [&](const NsecSpan& other) { return is_missing(other, *wildcard); });
  });
}

bool NsecProof::nothing_closer(const Name& name, const Name& encloser) const {
  return std::ranges::any_of(spans_, [&](const NsecSpan& span) {
    return is_missing(span, name) && encloser_between(span, name) == encloser;
  });
}

CutProof NsecProof::no_ds(const Name& child) const {
  if (child == zone_) return CutProof::NotProven;
  for (const NsecSpan& span : spans_) {
    if (*span.owner == child) return span.types.cut_without_ds();
  }
  // Missing, or an empty non-terminal.
  const bool is_no_cut =
      std::ranges::any_of(spans_, [&](const NsecSpan& span) { return is_between(span, child); });
  return is_no_cut ? CutProof::NoCut : CutProof::NotProven;
}

bool NsecProof::says_no_such_name(const Name& name) const {
  return std::ranges::any_of(
      spans_, [&](const NsecSpan& span) { return *span.owner == name && span.types.says_no_such_name(); });
}

std::optional<Name> NsecProof::closest_encloser(const Name& name) const {
  const auto span =
      std::ranges::find_if(spans_, [&](const NsecSpan& candidate) { return is_missing(candidate, name); });
  if (span == spans_.end()) return std::nullopt;
  return encloser_between(*span, name);
}

}  // namespace shirube::dnssec
