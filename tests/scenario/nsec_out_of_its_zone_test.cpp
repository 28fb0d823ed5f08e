#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"
#include "wire/presentation.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Type;

namespace {

// Every NSEC of example.test. goes on until `next`, and is signed by the zone itself.
void let_reach(SignedTree& home, std::string_view next) {
  const auto rdata = fmt::format("{} A NS SOA RRSIG NSEC DNSKEY", next);
  for (const auto* owner : {"example.test", "moved.example.test", "ns1.example.test", "to.example.test",
                            "*.wild.example.test", "www.example.test", "x.ent.example.test"}) {
    home.spoil(home.example, owner, Type::NSEC, [rdata](wire::RRset& rrset, const sim::Signer& signer) {
      rrset.rdatas = {};
      rrset.rdatas.add(*wire::parse_rdata(Type::NSEC, rdata));
      rrset.signatures = signer.sign(rrset);
    });
  }
}

}  // namespace

TEST_CASE("an NSEC whose next name is outside its zone denies nothing, within the zone or without") {
  for (const auto* next : {".", "test.", "zzz.test.", "hashed.test.", "example.", "net."}) {
    SignedTree home;
    let_reach(home, next);
    CAPTURE(next);
    CHECK(test::fails_with(home.ask_and_wait("none.example.test"), wire::Ede::DnssecBogus));
    CHECK(test::fails_with(home.ask_and_wait("zz.example.test"), wire::Ede::DnssecBogus));
    CHECK(test::secure(home.ask_and_wait("www.example.test")));
    CHECK(test::secure(home.ask_and_wait("www.hashed.test")));
    CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
    CHECK(home.quiet());
  }
}
