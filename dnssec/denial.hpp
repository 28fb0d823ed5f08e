// What a zone's NSEC or NSEC3 records prove about a name that was asked for. Their signatures have been
// checked before; here is only what they say.
// Threads:  pure.
// Source:   NSEC: RFC 4035 §5.4, RFC 4592, RFC 6840 §4, RFC 9824 (compact denial), RFC 4470.
//           NSEC3: RFC 5155 §8, RFC 9276 §3.2 (iterations), RFC 6840 §4.1, §4.3, §4.4.
// Rules:    a record counts for one zone only: an NSEC's owner and next name are within it, an NSEC3's owner is a
//           child of its apex, hash algorithm 1, all of one salt and iteration count. NSEC and NSEC3 never
//           complete each other's proof. A record of the parent's side of a cut (NS without SOA) or at a
//           DNAME proves nothing about names below it; that of a cut nothing but DS about its own name.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dnssec/effort.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec {

// RFC 9276 §3.2: more make the zone insecure.
inline constexpr std::uint16_t kMaxNsec3Iterations = 50;
// Of one reply; more are not looked at (padded denials, CVE-2026-11605). An honest proof needs three.
inline constexpr std::size_t kMaxDenialRecords = 16;

enum class Proof : std::uint8_t {
  Proven,
  OptOut,             // the only gap is an NSEC3 with opt-out: the answer is insecure (RFC 5155 §9.2)
  TooManyIterations,  // the zone is taken as insecure
  NotProven,
  TooCostly,  // the Effort ran out
};

// Validated NSEC and NSEC3 RRsets whose signer is `zone`; others are left out by who fills it, and so are
// those that a wildcard was expanded to (Signed::wildcard_encloser): their owner is not the one that was
// signed (CVE-2017-15105).
struct Denials {
  wire::Name zone;
  std::vector<const wire::RRset*> records = {};  // borrowed
};

// `type` does not exist at `name`, though the name (or a wildcard above it) does; also empty non-terminals,
// and compact denial (RFC 9824: NSEC at the very name, with NXNAME or without). Never by way of a CNAME bit.
[[nodiscard]] Proof prove_no_data(const Denials& denials, const wire::Name& name, wire::Type type,
                                  Effort& effort);
// `name` does not exist, and no wildcard could make it; or RFC 9824's NXNAME stands in the NSEC at the name.
[[nodiscard]] Proof prove_no_name(const Denials& denials, const wire::Name& name, Effort& effort);
// An answer was made from *.`encloser`: nothing between `name` and `encloser` exists.
[[nodiscard]] Proof prove_nothing_closer(const Denials& denials, const wire::Name& name,
                                         const wire::Name& encloser, Effort& effort);

// What a parent says of a name below it, when it has no DS there.
enum class CutProof : std::uint8_t {
  UnsignedDelegation,  // NS without DS, or within an opt-out span
  NoCut,               // the name is no zone cut (it exists without NS, or does not exist)
  TooManyIterations,
  NotProven,
  TooCostly,
};
[[nodiscard]] CutProof prove_no_ds(const Denials& denials, const wire::Name& child, Effort& effort);

// True when RFC 9824's NXNAME stands in the NSEC (or NSEC3) at the very name: NODATA that means NXDOMAIN.
[[nodiscard]] bool says_no_such_name(const Denials& denials, const wire::Name& name, Effort& effort);

// That `name` itself does not exist; a wildcard may still make it.
struct Absence {
  Proof proof = Proof::NotProven;
  wire::Name encloser = {};  // with Proven and OptOut: the longest name above it that exists
};
[[nodiscard]] Absence find_absence(const Denials& denials, const wire::Name& name, Effort& effort);

}  // namespace shirube::dnssec
