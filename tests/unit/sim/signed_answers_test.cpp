#include <catch2/catch.hpp>

#include "tests/unit/sim/signed_zones.hpp"

using namespace shirube;
using dnssec::Algorithm;
using test::ask;
using wire::Name;
using wire::Type;

TEST_CASE("answers and denials of a signed zone are signed, whatever the algorithm") {
  const auto algorithm =
      GENERATE(Algorithm::RsaSha1, Algorithm::RsaSha1Nsec3, Algorithm::RsaSha256, Algorithm::RsaSha512,
               Algorithm::EcdsaP256, Algorithm::EcdsaP384, Algorithm::Ed25519, Algorithm::Ed448);
  const auto rsa_bits = GENERATE(1024U, 2048U);
  const auto zone = test::signed_zone({.algorithm = algorithm, .rsa_bits = rsa_bits});
  CAPTURE(static_cast<int>(algorithm), rsa_bits);
  for (const auto type : {Type::SOA, Type::NS, Type::DNSKEY}) {
    const auto answer = ask(zone, "a.example", type);
    REQUIRE(answer.answer.size() == 1);
    CHECK(test::is_signed_well(answer.answer[0], zone));
  }
  const auto none = ask(zone, "none.a.example", Type::A);
  CHECK(none.rcode == wire::Rcode::NxDomain);
  REQUIRE(none.authority.size() > 1);
  CHECK(test::all_signed_well(none.authority, zone));
}

TEST_CASE("signatures that do not fit are told from such that do") {
  const auto zone = test::signed_zone();
  auto answer = ask(zone, "www.a.example", Type::A);
  CHECK(test::is_signed_well(answer.answer[0], zone));
  answer.answer[0].owner = Name::literal("mail.a.example");
  CHECK_FALSE(test::is_signed_well(answer.answer[0], zone));
  const auto other = test::signed_zone({.generation = 1});
  CHECK_FALSE(test::is_signed_well(ask(other, "www.a.example", Type::A).answer[0], zone));
}

TEST_CASE("an algorithm that nobody knows signs with noise") {
  const auto zone = test::signed_zone({.algorithm = Algorithm{200}});
  const auto answer = ask(zone, "www.a.example", Type::A).answer;
  REQUIRE(answer.size() == 1);
  REQUIRE(answer[0].signatures.count() == 1);
  CHECK((*answer[0].signatures.begin())[2] == 200);
  CHECK_FALSE(test::is_signed_well(answer[0], zone));
}

TEST_CASE("the key-signing key signs the keys, the zone-signing key all else, or one key both") {
  const auto tag_of = [](const wire::RRset& rrset) {
    return wire::read_u16((*rrset.signatures.begin()).data() + 16);
  };
  const auto two = test::signed_zone();
  const auto keys = ask(two, "a.example", Type::DNSKEY).answer[0];
  CHECK(keys.rdatas.count() == 2);
  CHECK(tag_of(keys) != tag_of(ask(two, "a.example", Type::SOA).answer[0]));
  const auto one = test::signed_zone({.one_key = true});
  const auto key = ask(one, "a.example", Type::DNSKEY).answer[0];
  CHECK(key.rdatas.count() == 1);
  CHECK(tag_of(key) == tag_of(ask(one, "a.example", Type::SOA).answer[0]));
}

TEST_CASE("aliases are signed; the CNAME that a DNAME makes is not") {
  const auto zone = test::signed_zone();
  const auto to = ask(zone, "to.a.example", Type::A);
  REQUIRE(to.answer.size() == 2);
  CHECK(test::all_signed_well(to.answer, zone));
  const auto moved = ask(zone, "www.moved.a.example", Type::A);
  REQUIRE(moved.answer.size() == 2);
  CHECK(moved.answer[0].type == Type::DNAME);
  CHECK(test::is_signed_well(moved.answer[0], zone));
  CHECK(moved.answer[1].signatures.empty());
}

TEST_CASE("a zone that changes is signed anew") {
  auto zone = test::signed_zone();
  const auto before = ask(zone, "www.a.example", Type::A).answer[0];
  CHECK(ask(zone, "www.a.example", Type::A).answer[0].signatures == before.signatures);
  zone.add("www 300 A 192.0.2.99\n");
  const auto after = ask(zone, "www.a.example", Type::A).answer[0];
  CHECK(after.signatures != before.signatures);
  CHECK(test::is_signed_well(after, zone));
  zone.replace(test::kSignedText);
  CHECK(test::is_signed_well(ask(zone, "a.example", Type::DNSKEY).answer[0], zone));
}

TEST_CASE("who does not want proofs gets none") {
  const auto zone = test::signed_zone();
  CHECK(ask(zone, "www.a.example", Type::A, sim::Proofs::LeftOut).answer[0].signatures.empty());
  const auto none = ask(zone, "none.a.example", Type::A, sim::Proofs::LeftOut);
  REQUIRE(none.authority.size() == 1);
  CHECK(none.authority[0].signatures.empty());
  CHECK(ask(zone, "cut.a.example", Type::A, sim::Proofs::LeftOut).authority.size() == 1);
}

TEST_CASE("a question for RRSIG gets all signatures of the name") {
  const auto zone = test::signed_zone();
  const auto answer = ask(zone, "a.example", Type::RRSIG).answer;
  REQUIRE(answer.size() == 1);
  CHECK(answer[0].rdatas.count() == 3);  // SOA, NS, DNSKEY
}
