#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kInside = "192.0.2.50";

// test. has been heard to deny what stands between its zones.
void learn_gaps(SignedTree& home) {
  for (char c = 'a'; c <= 'z'; ++c) {
    const auto& client = home.ask_and_wait(fmt::format("{}nothing.test", c));
    REQUIRE(client.got->answer.rcode == Rcode::NxDomain);
  }
}

[[nodiscard]] upstream::UpstreamSettings with_inside(bool stub, bool unsigned_zone) {
  upstream::UpstreamSettings settings;
  const upstream::ZoneServers inside{Name::literal("inside.test"), {*wire::Endpoint::parse(kInside, 53)}};
  (stub ? settings.stubs : settings.forwards).push_back(inside);
  if (unsigned_zone) settings.trust.unsigned_zones.push_back({inside.zone});
  return settings;
}

}  // namespace

TEST_CASE("a zone that the administrator forwards or stubs is asked for, though a gap above denies it") {
  for (const bool stub : {false, true}) {
    SignedTree home({.iterating = {.settings = with_inside(stub, true)}});
    const auto zone = home.serve("inside.test", test::kTreeText, {kInside}, test::Delegated::No);
    home.host(kInside).role = stub ? sim::Role::Authority : sim::Role::Recursor;
    home.host(kInside).script = [&home, zone](const wire::Question& question) {
      return std::optional(home.world.zone(zone).lookup(question));
    };
    learn_gaps(home);
    CAPTURE(stub);
    CHECK(test::insecure(home.ask_and_wait("www.inside.test")));
    CHECK(home.ask_and_wait("none.inside.test").got->answer.rcode == Rcode::NxDomain);
    CHECK(home.sent_to(kInside) > 0);
    CHECK(home.quiet());
  }
}
