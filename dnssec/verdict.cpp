#include "dnssec/verdict.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace shirube::dnssec {
namespace {

using wire::Ede;

struct Description {
  Flaw flaw;
  Ede code;
  std::string_view name;
  std::string_view sentence;  // {zone} or {rrset}: the verdict's owner, without and with type
};

constexpr std::array kDescriptions = std::to_array<Description>({
    {Flaw::None, Ede::Other, "no flaw", "no flaw in {rrset}"},
    {Flaw::NoTrustAnchor, Ede::DnssecIndeterminate, "no trust anchor", "no trust anchor stands above {zone}"},
    {Flaw::NegativeTrustAnchor, Ede::Other, "negative trust anchor", "{zone} is to be taken as unsigned"},
    {Flaw::UnsignedDelegation, Ede::Other, "unsigned delegation", "{zone} has no DS"},
    {Flaw::UnsupportedAlgorithm, Ede::UnsupportedDnskeyAlgorithm, "unsupported algorithm",
     "{zone} is signed with unsupported algorithms only"},
    {Flaw::UnsupportedDigest, Ede::UnsupportedDsDigest, "unsupported digest",
     "{zone} has DS of unsupported digests only"},
    {Flaw::TooManyIterations, Ede::UnsupportedNsec3Iterations, "too many NSEC3 iterations",
     "NSEC3 of {zone} have too many iterations"},
    {Flaw::SignatureMissing, Ede::RrsigsMissing, "signature missing", "no signature over {rrset}"},
    {Flaw::SignatureExpired, Ede::SignatureExpired, "signature expired",
     "signature over {rrset} expired on {when}"},
    {Flaw::SignatureNotYetValid, Ede::SignatureNotYetValid, "signature not yet valid",
     "signature over {rrset} is not valid before {when}"},
    {Flaw::SignatureBad, Ede::DnssecBogus, "bad signature",
     "signature over {rrset} does not fit data and key"},
    {Flaw::SignatureMalformed, Ede::DnssecBogus, "malformed signature",
     "signature over {rrset} is malformed or of another name"},
    {Flaw::KeyMissing, Ede::DnskeyMissing, "key missing", "no key for the signature over {rrset}"},
    {Flaw::KeyNotForDs, Ede::DnskeyMissing, "no key for the DS",
     "no key of {zone} matches its DS or trust anchor"},
    {Flaw::KeyNotForZone, Ede::NoZoneKeyBit, "key not for zone",
     "the key of {zone} that its DS or trust anchor names is revoked or no zone key"},
    {Flaw::DenialMissing, Ede::NsecMissing, "proof of absence missing",
     "no proof that {rrset} does not exist"},
    {Flaw::DenialBroken, Ede::DnssecBogus, "broken proof of absence",
     "the proof that {rrset} does not exist is wrong or incomplete"},
    {Flaw::KeysUnreachable, Ede::DnssecIndeterminate, "keys unreachable",
     "keys of {zone} could not be fetched"},
    {Flaw::DsUnreachable, Ede::DnssecIndeterminate, "DS unreachable", "DS of {zone} could not be fetched"},
    {Flaw::TooCostly, Ede::DnssecIndeterminate, "too costly to check",
     "{rrset} takes more checks than one question may cost"},
    {Flaw::ClockWrong, Ede::DnssecIndeterminate, "wrong clock",
     "this host's clock is wrong: no signature over {rrset} is valid now"},
});

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < kDescriptions.size(); ++i) {
    if (static_cast<std::size_t>(kDescriptions[i].flaw) != i) return false;
  }
  return static_cast<std::size_t>(Flaw::ClockWrong) + 1 == kDescriptions.size();
}
static_assert(are_in_order(), "a flaw is its row's index");

const Description& description(Flaw flaw) { return kDescriptions[static_cast<std::size_t>(flaw)]; }

std::string date_text(std::uint32_t when) {
  using std::chrono::days, std::chrono::floor, std::chrono::seconds, std::chrono::sys_seconds;
  const sys_seconds instant{seconds(when)};
  const auto midnight = floor<days>(instant);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss time(instant - midnight);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace

std::string_view to_text(Status status) {
  switch (status) {
    case Status::Secure:
      return "secure";
    case Status::Insecure:
      return "insecure";
    case Status::Bogus:
      return "bogus";
    case Status::Indeterminate:
      return "indeterminate";
  }
  return "unknown status";
}

std::string_view to_text(Flaw flaw) { return description(flaw).name; }

std::string to_text(const Verdict& verdict) {
  const auto zone = verdict.owner.text();
  return fmt::format(fmt::runtime(description(verdict.flaw).sentence), fmt::arg("zone", zone),
                     fmt::arg("rrset", zone + ' ' + wire::to_text(verdict.type)),
                     fmt::arg("when", date_text(verdict.when)));
}

wire::Ede extended_error(Flaw flaw) { return description(flaw).code; }

}  // namespace shirube::dnssec
