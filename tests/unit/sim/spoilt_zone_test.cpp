#include <catch2/catch.hpp>

#include "sim/defects.hpp"
#include "tests/unit/sim/signed_zones.hpp"

using namespace shirube;
using test::ask;
using wire::Name;
using wire::Type;

namespace {

const Name kWww = Name::literal("www.a.example");

}  // namespace

TEST_CASE("spoilt: signatures stripped from one RRset, and from no other") {
  auto zone = test::signed_zone();
  zone.spoil(kWww, Type::A, sim::unsigned_rrset());
  CHECK(ask(zone, "www.a.example", Type::A).answer[0].signatures.empty());
  CHECK(ask(zone, "ns1.a.example", Type::A).answer[0].signatures.count() == 1);
  CHECK(ask(zone, "www.a.example", Type::A).answer[0].rdatas.count() == 1);
}

TEST_CASE("spoilt: signed for another time") {
  auto zone = test::signed_zone();
  zone.spoil(kWww, Type::A, sim::signed_within({.inception = 1'000, .expiration = 2'000}));
  const auto www = ask(zone, "www.a.example", Type::A).answer[0];
  REQUIRE(www.signatures.count() == 1);
  CHECK(wire::read_u32((*www.signatures.begin()).data() + 8) == 2'000);
  CHECK(wire::read_u32((*www.signatures.begin()).data() + 12) == 1'000);
  CHECK_FALSE(test::is_signed_well(www, zone));
}

TEST_CASE("spoilt: records changed after they were signed") {
  auto zone = test::signed_zone();
  zone.spoil(kWww, Type::A, sim::replaced_by("192.0.2.66"));
  const auto www = ask(zone, "www.a.example", Type::A).answer[0];
  CHECK(test::lines({www}) == test::Lines{"www.a.example. A 192.0.2.66"});
  CHECK_FALSE(test::is_signed_well(www, zone));
}

TEST_CASE("spoilt: a denial that is not sent, NSEC and NSEC3 named alike") {
  for (const auto denial : {sim::DenialForm::Nsec, sim::DenialForm::Nsec3}) {
    auto zone = test::signed_zone({.denial = denial});
    const auto type = denial == sim::DenialForm::Nsec ? Type::NSEC : Type::NSEC3;
    CHECK(ask(zone, "www.a.example", Type::AAAA).authority.size() == 2);
    zone.spoil(kWww, type, sim::missing());
    CHECK(ask(zone, "www.a.example", Type::AAAA).authority.size() == 1);
    CHECK(ask(zone, "ns1.a.example", Type::AAAA).authority.size() == 2);
  }
}

TEST_CASE("spoilt: one bit of a signature") {
  auto zone = test::signed_zone();
  zone.spoil(kWww, Type::A, sim::bad_signature());
  const auto www = ask(zone, "www.a.example", Type::A).answer[0];
  CHECK(www.signatures.count() == 1);
  CHECK_FALSE(test::is_signed_well(www, zone));
}

TEST_CASE("spoilt: a wildcard's RRset is named by the wildcard") {
  auto zone = test::signed_zone();
  zone.spoil(Name::literal("*.wild.a.example"), Type::A, sim::unsigned_rrset());
  CHECK(ask(zone, "x.wild.a.example", Type::A).answer[0].signatures.empty());
}
