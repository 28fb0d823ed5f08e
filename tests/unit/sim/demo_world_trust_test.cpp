#include <algorithm>

#include <catch2/catch.hpp>

#include "sim/demo_world.hpp"

using namespace shirube;
using sim::DemoTrust;
using wire::Name;
using wire::Type;

namespace {

[[nodiscard]] const sim::Zone& zone_of(const sim::World& world, const Name& apex) {
  const auto found = std::ranges::find(world.zones(), apex, &sim::Zone::apex);
  REQUIRE(found != world.zones().end());
  return *found;
}

// Does the recursor give out the RRset with the signature that its zone's keys make over it?
[[nodiscard]] bool is_as_signed(sim::World& world, const Name& apex, Type type) {
  const auto* recursor = world.host(*wire::Endpoint::parse(sim::kDemoRecursor));
  const auto answer = world.honest(*recursor, {.name = apex, .type = type});
  REQUIRE(answer.answer.size() == 1);
  const auto& rrset = answer.answer.front();
  return !rrset.signatures.empty() && rrset.signatures == zone_of(world, apex).signer()->sign(rrset);
}

}  // namespace

TEST_CASE("the domains of the demo are signed as their cases say, below a signed root") {
  auto world = sim::demo_world();
  for (const auto& demo_case : sim::demo_cases()) {
    const auto apex = Name::literal(demo_case.domain);
    const bool is_signed = demo_case.trust != DemoTrust::Unsigned;
    CHECK((zone_of(world, apex).signer() != nullptr) == is_signed);
    CHECK((zone_of(world, {}).find(apex, Type::DS) != nullptr) == is_signed);
    if (!is_signed) continue;
    CHECK(is_as_signed(world, apex, Type::A));
    CHECK(is_as_signed(world, apex, Type::MX) == (demo_case.trust == DemoTrust::Signed));
  }
  const auto trusts = [](DemoTrust trust) {
    return std::ranges::count(sim::demo_cases(), trust, &sim::DemoCase::trust);
  };
  CHECK(trusts(DemoTrust::Signed) == 1);
  CHECK(trusts(DemoTrust::Forged) == 1);
}

TEST_CASE("the trust anchor of the demo is that of its root's keys") {
  const auto world = sim::demo_world();
  const auto anchor = sim::demo_trust_anchor(world);
  CHECK(anchor.zone.is_root());
  CHECK(anchor == zone_of(world, {}).signer()->trust_anchor());
  CHECK_THROWS_AS(sim::demo_trust_anchor(sim::World()), std::runtime_error);
}
