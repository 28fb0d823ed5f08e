#include <catch2/catch.hpp>

#include "tests/unit/sim/signed_zones.hpp"

using namespace shirube;
using test::ask;
using test::Lines;
using wire::Type;

namespace {

// The NSEC records of an answer, after a look at all signatures of its authority section.
[[nodiscard]] Lines proof(std::string_view name, Type type) {
  const auto zone = test::signed_zone();
  const auto answer = ask(zone, name, type);
  const auto nsec = test::of_type(answer.authority, Type::NSEC);
  CHECK(test::all_signed_well(nsec, zone));
  return test::lines(nsec);
}

}  // namespace

TEST_CASE("NSEC: the very name says which types it has") {
  CHECK(proof("www.a.example", Type::AAAA) == Lines{"www.a.example. NSEC a.example. A RRSIG NSEC"});
  CHECK(proof("a.example", Type::MX) == Lines{"a.example. NSEC cut.a.example. NS SOA RRSIG NSEC DNSKEY"});
}

TEST_CASE("NSEC: an empty non-terminal is covered by the name before it") {
  CHECK(proof("ent.a.example", Type::TXT) ==
        Lines{"alias.*.deep.a.example. NSEC x.ent.a.example. TXT RRSIG NSEC"});
}

TEST_CASE("NSEC: a name that does not exist, and no wildcard that would make it") {
  CHECK(proof("none.a.example", Type::A) == Lines{"moved.a.example. NSEC ns1.a.example. DNAME RRSIG NSEC",
                                                  "a.example. NSEC cut.a.example. NS SOA RRSIG NSEC DNSKEY"});
}

TEST_CASE("NSEC: one record that does both comes once") {
  CHECK(proof("none.www.a.example", Type::A) == Lines{"www.a.example. NSEC a.example. A RRSIG NSEC"});
}

TEST_CASE("NSEC: an answer from a wildcard, and a wildcard without the type") {
  const auto zone = test::signed_zone();
  const auto answer = ask(zone, "x.y.wild.a.example", Type::A);
  REQUIRE(answer.answer.size() == 1);
  CHECK(answer.answer[0].owner == wire::Name::literal("x.y.wild.a.example"));
  CHECK(test::is_signed_well(answer.answer[0], zone));
  const std::string wildcard = "*.wild.a.example. NSEC www.a.example. A RRSIG NSEC";
  CHECK(test::lines(answer.authority) == Lines{wildcard});
  CHECK(proof("x.wild.a.example", Type::AAAA) == Lines{wildcard});
}

TEST_CASE("NSEC: a wildcard that is but an empty non-terminal") {
  const auto zone = test::signed_zone();
  const auto answer = ask(zone, "x.deep.a.example", Type::A);
  CHECK(answer.rcode == wire::Rcode::NoError);
  CHECK(test::lines(test::of_type(answer.authority, Type::NSEC)) ==
        Lines{"alias.*.deep.a.example. NSEC x.ent.a.example. TXT RRSIG NSEC",
              "cut.a.example. NSEC alias.*.deep.a.example. NS RRSIG NSEC"});
}

TEST_CASE("NSEC: referrals have a DS or the proof that there is none, and servers without signatures") {
  const auto zone = test::signed_zone();
  const auto safe = ask(zone, "www.safe.a.example", Type::A);
  REQUIRE(safe.authority.size() == 2);
  CHECK(safe.authority[0].signatures.empty());
  CHECK(safe.authority[1].type == Type::DS);
  CHECK(test::is_signed_well(safe.authority[1], zone));
  const auto cut = ask(zone, "www.cut.a.example", Type::A);
  REQUIRE(cut.authority.size() == 2);
  CHECK(test::lines({cut.authority[1]}) ==
        Lines{"cut.a.example. NSEC alias.*.deep.a.example. NS RRSIG NSEC"});
  CHECK(test::is_signed_well(cut.authority[1], zone));
  for (const auto& glue : cut.additional) CHECK(glue.signatures.empty());
}

TEST_CASE("NSEC: DS at a cut is the parent's to answer") {
  CHECK(proof("cut.a.example", Type::DS) ==
        Lines{"cut.a.example. NSEC alias.*.deep.a.example. NS RRSIG NSEC"});
  const auto zone = test::signed_zone();
  const auto safe = ask(zone, "safe.a.example", Type::DS);
  REQUIRE(safe.answer.size() == 1);
  CHECK(test::is_signed_well(safe.answer[0], zone));
}

TEST_CASE("NSEC: records are there for who asks for them") {
  const auto zone = test::signed_zone();
  CHECK(test::lines(ask(zone, "www.a.example", Type::NSEC).answer) ==
        Lines{"www.a.example. NSEC a.example. A RRSIG NSEC"});
  CHECK(ask(zone, "ent.a.example", Type::NSEC).answer.empty());
}
