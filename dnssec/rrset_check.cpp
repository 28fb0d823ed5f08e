#include "dnssec/rrset_check.hpp"

#include <algorithm>

namespace shirube::dnssec {
namespace {

using wire::Type;

// Hashing costs beside the verification: 64 KiB take as long as two signatures of P-256.
constexpr std::size_t kOctetsHashedPerMicrosecond = 400;

// How near a signature with this flaw came to being good.
unsigned nearness(Flaw flaw) {
  switch (flaw) {
    case Flaw::SignatureBad:
      return 4;
    case Flaw::SignatureExpired:
    case Flaw::SignatureNotYetValid:
      return 3;
    case Flaw::KeyMissing:
      return 2;
    case Flaw::SignatureMalformed:
      return 1;
    default:
      return 0;
  }
}

// Exactly half the circle apart is neither before nor after (RFC 1982 §3.2): here not in order.
bool in_order(std::uint32_t a, std::uint32_t b) { return a == b || serial_before(a, b); }

// RFC 4592 §4.6: a wildcard delegates nothing; and what one zone has once no wildcard makes (CVE-2017-15105).
bool may_be_expanded(Type type) {
  return type != Type::NSEC && type != Type::NSEC3 && type != Type::SOA && type != Type::DNSKEY &&
         type != Type::DS;
}

bool is_expanded(const wire::RRset& rrset, const Rrsig& rrsig) {
  return rrsig.labels < signed_labels(rrset.owner);
}

// RFC 4035 §5.3.1, but for the times.
bool belongs_to(const Rrsig& rrsig, const wire::RRset& rrset, const wire::Name& zone) {
  if (rrsig.covered != rrset.type || rrset.rdatas.empty()) return false;
  if (rrsig.signer != zone || !rrset.owner.is_within(zone)) return false;
  if (rrset.type == Type::DS && rrset.owner == zone) return false;
  if (is_expanded(rrset, rrsig)) return may_be_expanded(rrset.type) && rrsig.labels >= zone.label_count();
  return rrsig.labels == signed_labels(rrset.owner);
}

}  // namespace

RrsetCheck::RrsetCheck(const wire::RRset& rrset, const KeySet& keys, std::uint32_t now)
    : rrset_(&rrset),
      keys_(&keys),
      now_(now),
      failure_{.status = Status::Bogus,
               .flaw = rrset.rdatas.empty() ? Flaw::SignatureMalformed : Flaw::SignatureMissing,
               .owner = rrset.owner,
               .type = rrset.type} {
  std::size_t considered = 0;
  for (const wire::BytesView signature : rrset.signatures) {
    const std::size_t before = attempts_.size();
    consider(signature);
    if (attempts_.size() > before && ++considered == kMaxSignaturesPerRrset) break;
  }
}

void RrsetCheck::consider(wire::BytesView signature) {
  const auto rrsig = read_rrsig(signature);
  if (!rrsig) return note(Flaw::SignatureMalformed);
  const Flaw flaw = flaw_before_verifying(*rrsig);
  if (flaw != Flaw::None) {
    return note(flaw, flaw == Flaw::SignatureNotYetValid ? rrsig->inception : rrsig->expiration);
  }
  for (const PublicKey& key : keys_->candidates(rrsig->key_tag, rrsig->algorithm)) {
    attempts_.push_back({*rrsig, &key});
  }
}

Flaw RrsetCheck::flaw_before_verifying(const Rrsig& rrsig) const {
  if (!belongs_to(rrsig, *rrset_, keys_->zone())) return Flaw::SignatureMalformed;
  if (!in_order(rrsig.inception, rrsig.expiration)) return Flaw::SignatureMalformed;
  if (keys_->candidates(rrsig.key_tag, rrsig.algorithm).empty()) return Flaw::KeyMissing;
  if (!in_order(rrsig.inception, now_)) return Flaw::SignatureNotYetValid;
  if (!in_order(now_, rrsig.expiration)) return Flaw::SignatureExpired;
  return Flaw::None;
}

void RrsetCheck::note(Flaw flaw, std::uint32_t when) {
  if (nearness(flaw) <= nearness(failure_.flaw)) return;
  failure_.flaw = flaw;
  const bool is_about_time = flaw == Flaw::SignatureExpired || flaw == Flaw::SignatureNotYetValid;
  failure_.when = is_about_time ? when : 0;
}

Signed RrsetCheck::what_it_tells(const Rrsig& rrsig) const {
  const std::uint32_t valid_for = rrsig.expiration - now_;
  Signed good{.ttl = std::min({rrset_->ttl, rrsig.original_ttl, valid_for}), .valid_for = valid_for};
  if (is_expanded(*rrset_, rrsig)) good.wildcard_encloser = rrset_->owner.suffix(rrsig.labels);
  return good;
}

std::optional<RrsetCheck::Outcome> RrsetCheck::step(Effort& effort) {
  if (next_ == attempts_.size()) return Outcome{.verdict = failure_};
  const auto& [rrsig, key] = attempts_[next_++];
  if (!canonical_) canonical_.emplace(*rrset_);
  canonical_->signed_data(rrsig, signed_data_);
  const auto hashing = static_cast<unsigned>(signed_data_.size() / kOctetsHashedPerMicrosecond);
  if (!effort.take_check(verification_cost(rrsig.algorithm) + hashing)) {
    Verdict verdict = failure_;
    verdict.status = Status::Indeterminate;
    verdict.flaw = Flaw::TooCostly;
    verdict.when = 0;
    return Outcome{.verdict = std::move(verdict)};
  }
  if (key->verifies(signed_data_, rrsig.signature)) {
    return Outcome{.verdict = {}, .good = what_it_tells(rrsig)};
  }
  effort.note_failure();
  note(Flaw::SignatureBad);
  if (next_ == attempts_.size()) return Outcome{.verdict = failure_};
  return std::nullopt;
}

RrsetCheck::Outcome check_rrset(const wire::RRset& rrset, const KeySet& keys, std::uint32_t now,
                                Effort& effort) {
  RrsetCheck check(rrset, keys, now);
  while (true) {
    if (auto outcome = check.step(effort)) return *std::move(outcome);
  }
}

}  // namespace shirube::dnssec
