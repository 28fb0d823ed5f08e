#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "dnssec/verdict.hpp"

namespace shirube::dnssec {
namespace {

using wire::Ede;

Verdict verdict_of(Flaw flaw) {
  return {.status = Status::Bogus,
          .flaw = flaw,
          .owner = wire::Name::literal("www.example."),
          .type = wire::Type::MX,
          .when = 1'793'491'200};
}

TEST_CASE("a verdict tells what is wrong with which records, and since when") {
  CHECK(to_text(verdict_of(Flaw::SignatureExpired)) ==
        "signature over www.example. MX expired on 2026-11-01T00:00:00Z");
  CHECK(to_text(verdict_of(Flaw::SignatureNotYetValid)) ==
        "signature over www.example. MX is not valid before 2026-11-01T00:00:00Z");
  CHECK(to_text(verdict_of(Flaw::SignatureMissing)) == "no signature over www.example. MX");
  CHECK(to_text(verdict_of(Flaw::KeyNotForDs)) == "no key of www.example. matches its DS or trust anchor");
}

TEST_CASE("names out of the network are no format") {
  auto verdict = verdict_of(Flaw::SignatureMissing);
  verdict.owner = wire::Name::literal("{when}.{0}.\\123\\125.example.");
  CHECK(to_text(verdict).find("{when}") != std::string::npos);
}

TEST_CASE("each flaw has a text of its own, and none is longer than an EDE's text") {
  std::set<std::string> names;
  std::set<std::string> sentences;
  const auto last = static_cast<unsigned>(Flaw::ClockWrong);
  for (unsigned i = 0; i <= last; ++i) {
    const auto flaw = static_cast<Flaw>(i);
    names.emplace(to_text(flaw));
    sentences.insert(to_text(verdict_of(flaw)));
    CHECK(to_text(verdict_of(flaw)).size() <= wire::kMaxEdeText);
  }
  CHECK(names.size() == last + 1);
  CHECK(sentences.size() == last + 1);
}

TEST_CASE("flaws have the codes of RFC 8914") {
  CHECK(extended_error(Flaw::UnsupportedAlgorithm) == Ede::UnsupportedDnskeyAlgorithm);
  CHECK(extended_error(Flaw::UnsupportedDigest) == Ede::UnsupportedDsDigest);
  CHECK(extended_error(Flaw::TooManyIterations) == Ede::UnsupportedNsec3Iterations);
  CHECK(extended_error(Flaw::KeysUnreachable) == Ede::DnssecIndeterminate);
  CHECK(extended_error(Flaw::SignatureBad) == Ede::DnssecBogus);
  CHECK(extended_error(Flaw::SignatureExpired) == Ede::SignatureExpired);
  CHECK(extended_error(Flaw::SignatureNotYetValid) == Ede::SignatureNotYetValid);
  CHECK(extended_error(Flaw::KeyMissing) == Ede::DnskeyMissing);
  CHECK(extended_error(Flaw::KeyNotForDs) == Ede::DnskeyMissing);
  CHECK(extended_error(Flaw::SignatureMissing) == Ede::RrsigsMissing);
  CHECK(extended_error(Flaw::KeyNotForZone) == Ede::NoZoneKeyBit);
  CHECK(extended_error(Flaw::DenialMissing) == Ede::NsecMissing);
  CHECK(extended_error(Flaw::DenialBroken) == Ede::DnssecBogus);
  CHECK(extended_error(Flaw::None) == Ede::Other);
}

TEST_CASE("states have the names of RFC 4035") {
  CHECK(to_text(Status::Secure) == "secure");
  CHECK(to_text(Status::Insecure) == "insecure");
  CHECK(to_text(Status::Bogus) == "bogus");
  CHECK(to_text(Status::Indeterminate) == "indeterminate");
}

}  // namespace
}  // namespace shirube::dnssec
