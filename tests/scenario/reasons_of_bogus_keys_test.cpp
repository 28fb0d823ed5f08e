#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using dnssec::Flaw;
using wire::Ede;
using wire::Type;

namespace {

struct Case {
  Type type;
  sim::Defect defect;
  Flaw flaw;
  Ede code;
};

const std::vector<Case> kCases{
    {Type::DNSKEY, sim::unsigned_rrset(), Flaw::SignatureMissing, Ede::RrsigsMissing},
    {Type::DNSKEY, sim::bad_signature(), Flaw::SignatureBad, Ede::DnssecBogus},
    {Type::DNSKEY, sim::signed_within({test::kBegin - 200, test::kBegin - 60}), Flaw::SignatureExpired,
     Ede::SignatureExpired},
    {Type::DNSKEY, sim::signed_within({test::kBegin + 60, test::kBegin + 600}), Flaw::SignatureNotYetValid,
     Ede::SignatureNotYetValid},
    {Type::DNSKEY, sim::missing(), Flaw::KeyMissing, Ede::DnskeyMissing},
    {Type::DS, sim::bad_signature(), Flaw::SignatureBad, Ede::DnssecBogus},
    {Type::DS, sim::signed_within({test::kBegin - 200, test::kBegin - 60}), Flaw::SignatureExpired,
     Ede::SignatureExpired},
    {Type::DS, sim::unsigned_rrset(), Flaw::SignatureMissing, Ede::RrsigsMissing},
};

}  // namespace

TEST_CASE("a flawed key or DS is the reason of all that hangs on it, denials too") {
  for (const auto& expected : kCases) {
    for (const auto* name : {"www.example.test", "none.example.test"}) {
      test::SignedTree home;
      const bool at_parent = expected.type == Type::DS;
      home.spoil(at_parent ? home.test : home.example, "example.test", expected.type, expected.defect);
      const auto& client = home.ask_and_wait(name);
      CAPTURE(dnssec::to_text(expected.flaw), wire::to_text(expected.type), test::reason(client));
      CHECK(test::fails_with(client, expected.code));
      CHECK_THAT(test::reason(client), Catch::Contains("example.test. " + wire::to_text(expected.type)));
      CHECK(test::last_flaw(home) == expected.flaw);
      CHECK(home.failures.seen.size() == 1);
      CHECK(test::secure(home.ask_and_wait("www.hashed.test")));
    }
  }
}
