#include <stdexcept>

#include <catch2/catch.hpp>

#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using wire::Name;
using wire::Type;

TEST_CASE("a zone text has relative and absolute names, $TTL, $ORIGIN, comments and parentheses") {
  const auto zone = test::zone("a.example", R"($TTL 77
; a comment
@ IN SOA ns hostmaster.a.example. (
   1 2 3
   4 5 ) ; five numbers
www A 192.0.2.1
    A 192.0.2.2
$ORIGIN sub.a.example.
deep 60 A 192.0.2.3)");
  const auto* www = zone.find(Name::literal("WWW.a.example"), Type::A);
  REQUIRE(www != nullptr);
  CHECK(www->rdatas.count() == 2);
  CHECK(www->ttl == 77);
  const auto* deep = zone.find(Name::literal("deep.sub.a.example"), Type::A);
  REQUIRE(deep != nullptr);
  CHECK(deep->ttl == 60);
  CHECK(zone.find(Name::literal("www.a.example"), Type::AAAA) == nullptr);
}

TEST_CASE("RRsets have one TTL, the lowest, and no duplicates") {
  const auto zone = test::zone("a.example", "@ 300 A 192.0.2.1\n@ 100 A 192.0.2.2\n@ 200 A 192.0.2.1\n");
  const auto* rrset = zone.find(Name::literal("a.example"), Type::A);
  REQUIRE(rrset != nullptr);
  CHECK(rrset->ttl == 100);
  CHECK(rrset->rdatas.count() == 2);
}

TEST_CASE("signatures join what they cover, before or after it; without that they stand alone") {
  const auto zone =
      test::zone("a.example", R"(@ 300 RRSIG A 8 2 300 20380101000000 20250101000000 1 a.example. AAAA
@ 300 A 192.0.2.1
@ 300 RRSIG MX 8 2 300 20380101000000 20250101000000 1 a.example. AAAA
)");
  const auto* covered = zone.find(Name::literal("a.example"), Type::A);
  REQUIRE(covered != nullptr);
  CHECK(covered->signatures.count() == 1);
  const auto* alone = zone.find(Name::literal("a.example"), Type::RRSIG);
  REQUIRE(alone != nullptr);
  CHECK(alone->rdatas.count() == 1);
}

TEST_CASE("a bad zone text names zone, line and reason") {
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(test::zone("a.example", "@ A 192.0.2.1\n\n@ A not-an-address\n\n"),
                    Contains("a.example.:3: "));
  CHECK_THROWS_WITH(test::zone("a.example", "other.example. A 192.0.2.1\n"),
                    Contains("other.example. is outside the zone"));
  CHECK_THROWS_WITH(test::zone("a.example", "@ CH TXT \"x\"\n"), Contains("class is not IN"));
}

TEST_CASE("replace puts another text in place of the old, and keeps the old when the new is bad") {
  auto zone = test::zone("a.example", "@ A 192.0.2.1\n");
  CHECK_THROWS(zone.replace("@ A x\n"));
  CHECK(zone.find(Name::literal("a.example"), Type::A) != nullptr);
  zone.replace("@ AAAA 2001:db8::1\n");
  CHECK(zone.find(Name::literal("a.example"), Type::A) == nullptr);
  CHECK(zone.find(Name::literal("a.example"), Type::AAAA) != nullptr);
}
