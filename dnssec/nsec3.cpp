#include "dnssec/nsec3.hpp"

#include <algorithm>

#include "dnssec/base32hex.hpp"

namespace shirube::dnssec {
namespace {

using wire::Name;

constexpr std::uint8_t kSha1 = 1;        // RFC 5155 §11: the only hash algorithm there is
constexpr std::uint8_t kKnownFlags = 1;  // opt-out
constexpr std::size_t kFixedFields = 6;  // algorithm, flags, iterations, and the lengths of salt and hash

Proof with_gap(const Nsec3Span& cover) { return cover.opt_out ? Proof::OptOut : Proof::Proven; }

}  // namespace

bool Nsec3Span::covers(const Nsec3Hash& hash) const {
  if (owner < next) return owner < hash && hash < next;
  // The last of the chain; the only one leads to itself.
  return hash > owner || hash < next;
}

bool Nsec3Span::has(const Nsec3Parameters& parameters) const {
  return iterations == parameters.iterations && std::ranges::equal(salt, parameters.salt);
}

std::optional<Nsec3Span> read_nsec3_span(const wire::RRset& rrset, const Name& zone) {
  if (rrset.type != wire::Type::NSEC3 || rrset.klass != wire::Class::IN || rrset.rdatas.count() != 1 ||
      rrset.owner.is_root() || rrset.owner.parent() != zone) {
    return std::nullopt;
  }
  const auto owner = hash_of_label(rrset.owner.first_label());
  const wire::BytesView rdata = *rrset.rdatas.begin();
  const auto nsec3 = read_nsec3(rdata);
  if (!owner || !nsec3 || nsec3->hash_algorithm != kSha1 || rdata[1] > kKnownFlags ||
      nsec3->next_hash.size() != sizeof(Nsec3Hash)) {
    return std::nullopt;
  }
  Nsec3Span span{.owner = *owner,
                 .next = {},
                 .salt = nsec3->salt,
                 .iterations = nsec3->iterations,
                 .opt_out = nsec3->opt_out,
                 .types = OwnerTypes(rdata.subspan(kFixedFields + nsec3->salt.size() + sizeof(Nsec3Hash)))};
  std::ranges::copy(nsec3->next_hash, span.next.begin());
  return span;
}

std::optional<Nsec3Hash> Nsec3Hashes::of(const Name& name, Effort& effort) {
  const auto known = std::ranges::find(known_, name, &std::pair<Name, Nsec3Hash>::first);
  if (known != known_.end()) return known->second;
  if (!effort.take_hash(nsec3_hash_cost(parameters_.iterations))) return std::nullopt;
  known_.emplace_back(name, nsec3_hash(name, parameters_.salt, parameters_.iterations));
  return known_.back().second;
}

std::optional<Nsec3Parameters> choose_parameters(const Denials& denials) {
  std::optional<Nsec3Parameters> chosen;
  const std::size_t count = std::min(denials.records.size(), kMaxDenialRecords);
  for (std::size_t i = 0; i < count; ++i) {
    const auto span = read_nsec3_span(*denials.records[i], denials.zone);
    if (!span || (chosen && chosen->iterations <= span->iterations)) continue;
    chosen = Nsec3Parameters{.salt = {span->salt.begin(), span->salt.end()}, .iterations = span->iterations};
  }
  return chosen;
}

Nsec3Proof::Nsec3Proof(const Denials& denials, Nsec3Hashes& hashes, Effort& effort)
    : zone_(denials.zone), hashes_(&hashes), effort_(&effort) {
  const std::size_t count = std::min(denials.records.size(), kMaxDenialRecords);
  for (std::size_t i = 0; i < count; ++i) {
    const auto span = read_nsec3_span(*denials.records[i], zone_);
    if (span && span->has(hashes.parameters())) spans_.push_back(*span);
  }
}

Nsec3Proof::Facts Nsec3Proof::facts(const Name& name) {
  const auto hash = hashes_->of(name, *effort_);
  if (!hash) return {.too_costly = true};
  Facts facts;
  for (const Nsec3Span& span : spans_) {
    if (span.owner == *hash) facts.match = &span;
    // Of two that cover the name, the one without opt-out says more.
    if (span.covers(*hash) && (facts.cover == nullptr || facts.cover->opt_out)) facts.cover = &span;
  }
  return facts;
}

Absence Nsec3Proof::absence(const Name& name) {
  const std::size_t apex = zone_.label_count();
  const std::size_t whole = name.label_count();
  bool is_matched = false;  // the candidate before
  for (std::size_t count = apex + 1; count <= whole; ++count) {
    const Facts found = facts(name.suffix(count));
    if (found.too_costly) return {.proof = Proof::TooCostly};
    if (found.match != nullptr && found.match->types.hides_names_below()) return {};
    // A name that matches exists, whatever another record covers.
    if (found.match == nullptr && found.cover != nullptr) {
      return absence_below(name.suffix(count - 1), *found.cover, is_matched);
    }
    is_matched = found.match != nullptr;
  }
  return {};
}

// The apex is hashed only when it is the encloser: it exists anyway.
Absence Nsec3Proof::absence_below(const Name& encloser, const Nsec3Span& cover, bool is_matched) {
  if (encloser == zone_) {
    const Facts apex = facts(encloser);
    if (apex.too_costly) return {.proof = Proof::TooCostly};
    is_matched = apex.match != nullptr && !apex.match->types.hides_names_below();
  }
  if (!is_matched) return {};
  return {.proof = with_gap(cover), .encloser = encloser};
}

Proof Nsec3Proof::no_data(const Name& name, wire::Type type) {
  const Facts here = facts(name);
  if (here.too_costly) return Proof::TooCostly;
  if (here.match != nullptr) return here.match->types.denies(type, name) ? Proof::Proven : Proof::NotProven;
  const Absence gap = absence(name);
  // RFC 5155 §8.6 for DS; for other types an empty non-terminal above unsigned delegations only.
  if (gap.proof != Proof::Proven) return gap.proof;
  const auto wildcard = gap.encloser.child("*");
  if (!wildcard) return Proof::NotProven;
  const Facts source = facts(*wildcard);
  if (source.too_costly) return Proof::TooCostly;
  const bool is_denied = source.match != nullptr && source.match->types.denies(type, *wildcard);
  return is_denied ? Proof::Proven : Proof::NotProven;
}

Proof Nsec3Proof::no_name(const Name& name) {
  const Absence gap = absence(name);
  if (gap.proof != Proof::Proven && gap.proof != Proof::OptOut) return gap.proof;
  const auto wildcard = gap.encloser.child("*");
  if (!wildcard) return Proof::NotProven;
  const Facts source = facts(*wildcard);
  if (source.too_costly) return Proof::TooCostly;
  if (source.match != nullptr || source.cover == nullptr) return Proof::NotProven;
  return gap.proof == Proof::OptOut ? Proof::OptOut : with_gap(*source.cover);
}

Proof Nsec3Proof::nothing_closer(const Name& name, const Name& encloser) {
  if (name == encloser || !name.is_within(encloser) || !encloser.is_within(zone_)) return Proof::NotProven;
  const Facts next_closer = facts(name.suffix(encloser.label_count() + 1));
  if (next_closer.too_costly) return Proof::TooCostly;
  if (next_closer.match != nullptr || next_closer.cover == nullptr) return Proof::NotProven;
  return with_gap(*next_closer.cover);
}

CutProof Nsec3Proof::no_ds(const Name& child) {
  if (child == zone_) return CutProof::NotProven;
  const Facts here = facts(child);
  if (here.too_costly) return CutProof::TooCostly;
  if (here.match != nullptr) return here.match->types.cut_without_ds();
  switch (absence(child).proof) {
    case Proof::Proven:
      return CutProof::NoCut;
    case Proof::OptOut:
      return CutProof::UnsignedDelegation;
    case Proof::TooCostly:
      return CutProof::TooCostly;
    case Proof::TooManyIterations:
    case Proof::NotProven:
      break;
  }
  return CutProof::NotProven;
}

bool Nsec3Proof::says_no_such_name(const Name& name) {
  const Facts here = facts(name);
  return here.match != nullptr && here.match->types.says_no_such_name();
}

}  // namespace shirube::dnssec
