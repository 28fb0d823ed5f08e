#include "dnssec/denial.hpp"

#include "dnssec/nsec.hpp"
#include "dnssec/nsec3.hpp"

namespace shirube::dnssec {
namespace {

using wire::Name;

// Nothing to prove by, or too dear to prove by; else what `prove` makes of the NSEC3 records.
template <class Result, class Prove>
Result with_nsec3(const Denials& denials, Effort& effort, Prove prove) {
  auto parameters = choose_parameters(denials);
  if (!parameters) return Result::NotProven;
  if (parameters->iterations > kMaxNsec3Iterations) return Result::TooManyIterations;
  Nsec3Hashes hashes(*std::move(parameters));
  Nsec3Proof proof(denials, hashes, effort);
  return prove(proof);
}

}  // namespace

Proof prove_no_data(const Denials& denials, const Name& name, wire::Type type, Effort& effort) {
  if (!name.is_within(denials.zone)) return Proof::NotProven;
  if (NsecProof(denials).no_data(name, type)) return Proof::Proven;
  return with_nsec3<Proof>(denials, effort, [&](Nsec3Proof& proof) { return proof.no_data(name, type); });
}

Proof prove_no_name(const Denials& denials, const Name& name, Effort& effort) {
  if (!name.is_within(denials.zone)) return Proof::NotProven;
  if (NsecProof(denials).no_name(name)) return Proof::Proven;
  return with_nsec3<Proof>(denials, effort, [&](Nsec3Proof& proof) { return proof.no_name(name); });
}

Proof prove_nothing_closer(const Denials& denials, const Name& name, const Name& encloser, Effort& effort) {
  if (!name.is_within(denials.zone)) return Proof::NotProven;
  if (NsecProof(denials).nothing_closer(name, encloser)) return Proof::Proven;
  return with_nsec3<Proof>(denials, effort,
                           [&](Nsec3Proof& proof) { return proof.nothing_closer(name, encloser); });
}

CutProof prove_no_ds(const Denials& denials, const Name& child, Effort& effort) {
  if (!child.is_within(denials.zone)) return CutProof::NotProven;
  const CutProof by_nsec = NsecProof(denials).no_ds(child);
  if (by_nsec != CutProof::NotProven) return by_nsec;
  return with_nsec3<CutProof>(denials, effort, [&](Nsec3Proof& proof) { return proof.no_ds(child); });
}

bool says_no_such_name(const Denials& denials, const Name& name, Effort& effort) {
  if (!name.is_within(denials.zone)) return false;
  if (NsecProof(denials).says_no_such_name(name)) return true;
  return with_nsec3<Proof>(denials, effort, [&](Nsec3Proof& proof) {
           return proof.says_no_such_name(name) ? Proof::Proven : Proof::NotProven;
         }) == Proof::Proven;
}

Absence find_absence(const Denials& denials, const Name& name, Effort& effort) {
  if (!name.is_within(denials.zone)) return {};
  if (const auto encloser = NsecProof(denials).closest_encloser(name)) {
    return {.proof = Proof::Proven, .encloser = *encloser};
  }
  Absence absence;
  absence.proof = with_nsec3<Proof>(denials, effort, [&](Nsec3Proof& proof) {
    absence = proof.absence(name);
    return absence.proof;
  });
  return absence;
}

}  // namespace shirube::dnssec
