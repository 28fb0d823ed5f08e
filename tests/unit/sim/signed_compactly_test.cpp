#include <catch2/catch.hpp>

#include "tests/unit/sim/signed_zones.hpp"

using namespace shirube;
using test::ask;
using test::Lines;
using wire::Type;

namespace {

[[nodiscard]] sim::Zone compact_zone() { return test::signed_zone({.denial = sim::DenialForm::Compact}); }

[[nodiscard]] Lines proof(const wire::Answer& answer) {
  return test::lines(test::of_type(answer.authority, Type::NSEC));
}

}  // namespace

TEST_CASE("compact: a name that does not exist has the type NXNAME, and no error") {
  const auto zone = compact_zone();
  const auto none = ask(zone, "none.a.example", Type::A);
  CHECK(none.rcode == wire::Rcode::NoError);
  CHECK(proof(none) == Lines{"none.a.example. NSEC \\000.none.a.example. RRSIG NSEC TYPE128"});
  CHECK(test::all_signed_well(none.authority, zone));
  CHECK(ask(zone, "none.a.example", Type::A, sim::Proofs::LeftOut).rcode == wire::Rcode::NxDomain);
}

TEST_CASE("compact: a name without the type, and an empty non-terminal") {
  const auto zone = compact_zone();
  CHECK(proof(ask(zone, "www.a.example", Type::AAAA)) ==
        Lines{"www.a.example. NSEC \\000.www.a.example. A RRSIG NSEC"});
  CHECK(proof(ask(zone, "ent.a.example", Type::AAAA)) ==
        Lines{"ent.a.example. NSEC \\000.ent.a.example. RRSIG NSEC"});
}

TEST_CASE("compact: what a wildcard makes looks like any other name") {
  const auto zone = compact_zone();
  const auto made = ask(zone, "x.wild.a.example", Type::A);
  REQUIRE(made.answer.size() == 1);
  CHECK(made.authority.empty());
  CHECK(test::is_signed_well(made.answer[0], zone));
  CHECK((*made.answer[0].signatures.begin())[3] == 4);  // labels, as if it were no wildcard's
  CHECK(proof(ask(zone, "x.wild.a.example", Type::AAAA)) ==
        Lines{"x.wild.a.example. NSEC \\000.x.wild.a.example. A RRSIG NSEC"});
}
