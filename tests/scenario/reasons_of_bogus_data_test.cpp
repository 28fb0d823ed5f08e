#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using dnssec::Flaw;
using wire::Ede;
using wire::Type;

namespace {

void sign_with_other_keys(wire::RRset& rrset, const sim::Signer&) {
  rrset.signatures = sim::Signer(wire::Name::literal("example.test"), {.generation = 5}).sign(rrset);
}
void sign_as_another_zone(wire::RRset& rrset, const sim::Signer&) {
  rrset.signatures = sim::Signer(wire::Name::literal("hashed.test"), {}).sign(rrset);
}
void sign_as_a_longer_name(wire::RRset& rrset, const sim::Signer& signer) {
  auto other = rrset;
  other.owner = *rrset.owner.child("below");
  rrset.signatures = signer.sign(other);
}

struct Case {
  sim::Defect defect;
  Flaw flaw;
  Ede code;
  std::string words;
};

const std::vector<Case> kCases{
    {sim::unsigned_rrset(), Flaw::SignatureMissing, Ede::RrsigsMissing, "no signature over"},
    {sim::signed_within({test::kBegin - 200, test::kBegin - 60}), Flaw::SignatureExpired,
     Ede::SignatureExpired, "expired on 2026-11-22T23:59:00Z"},
    {sim::signed_within({test::kBegin + 3'600, test::kBegin + 7'200}), Flaw::SignatureNotYetValid,
     Ede::SignatureNotYetValid, "not valid before 2026-11-23T01:00:00Z"},
    {sim::bad_signature(), Flaw::SignatureBad, Ede::DnssecBogus, "does not fit data and key"},
    {sign_as_a_longer_name, Flaw::SignatureMalformed, Ede::DnssecBogus, "malformed or of another name"},
    {sign_as_another_zone, Flaw::SignatureMissing, Ede::RrsigsMissing, "no signature over"},
    {sign_with_other_keys, Flaw::KeyMissing, Ede::DnskeyMissing, "no key for the signature"},
};

}  // namespace

TEST_CASE("bogus data are refused with what is wrong, the record that it is wrong with, and who sent it") {
  for (const auto& expected : kCases) {
    test::SignedTree home;
    home.spoil(home.example, "www.example.test", Type::A, expected.defect);
    const auto& client = home.ask_and_wait("www.example.test");
    CAPTURE(dnssec::to_text(expected.flaw), test::reason(client));
    CHECK(test::fails_with(client, expected.code));
    CHECK_THAT(test::reason(client), Catch::Contains(expected.words) &&
                                         Catch::Contains("www.example.test. A") &&
                                         Catch::Contains("192.0.2.11:53"));
    CHECK(test::last_flaw(home) == expected.flaw);
    CHECK(home.failures.seen.size() == 1);
    CHECK(home.quiet());
  }
}
