#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("a key that no DS names does not vouch for the keys beside it") {
  test::SignedTree home;
  const sim::Signer intruder(wire::Name::literal("example.test"), {.generation = 3});
  home.spoil(home.example, "example.test", Type::DNSKEY, [intruder](wire::RRset& rrset, const sim::Signer&) {
    const auto more = intruder.dnskeys(rrset.ttl);
    for (const auto key : more.rdatas) rrset.rdatas.add(key);
    rrset.signatures = intruder.sign(rrset);
  });
  const auto& client = home.ask_and_wait("www.example.test");
  CAPTURE(test::reason(client));
  CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
  CHECK(test::last_flaw(home) == dnssec::Flaw::KeyMissing);
  CHECK_THAT(test::reason(client), Catch::Contains("example.test. DNSKEY"));
}
