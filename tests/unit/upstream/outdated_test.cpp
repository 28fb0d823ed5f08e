// The parts of the cache that a change of the configuration makes outdated.
#include "upstream/outdated.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::outdated_by;
using upstream::UpstreamSettings;
using upstream::ZoneServers;

namespace {

[[nodiscard]] UpstreamSettings forwarding(std::vector<ZoneServers> forwards) {
  UpstreamSettings settings;
  settings.forwards = std::move(forwards);
  return settings;
}

[[nodiscard]] ZoneServers zone_at(std::string_view zone, std::vector<std::string> servers) {
  ZoneServers named{.zone = name(zone), .servers = {}};
  for (const auto& server : servers) named.servers.push_back(endpoint(server));
  return named;
}

using Names = std::vector<wire::Name>;

}  // namespace

TEST_CASE("a forward, a stub or a block list that comes or goes outdates its zone") {
  const UpstreamSettings none;
  const auto forward = forwarding({zone_at("corp.", {"192.0.2.1"})});
  UpstreamSettings stub;
  stub.stubs = forward.forwards;
  UpstreamSettings iterated;
  iterated.iterated = {name("corp.")};
  for (const auto& one : {forward, stub, iterated}) {
    CHECK(outdated_by(none, one).zones == Names{name("corp.")});
    CHECK(outdated_by(one, none).zones == Names{name("corp.")});
    CHECK(outdated_by(one, one).nothing());
    CHECK_FALSE(outdated_by(none, one).everything());
  }
  CHECK(outdated_by(forward, stub).zones == Names{name("corp.")});
}

TEST_CASE("a zone that keeps one of its servers keeps its data") {
  const auto one = forwarding({zone_at(".", {"192.0.2.1"})});
  const auto two = forwarding({zone_at(".", {"192.0.2.2", "192.0.2.1"})});
  const auto other = forwarding({zone_at(".", {"192.0.2.3"})});
  CHECK(outdated_by(one, two).nothing());
  CHECK(outdated_by(two, other).everything());
}

TEST_CASE("a negative trust anchor outdates its zone alone, other changes of trust everything") {
  const UpstreamSettings none;
  auto negative = none;
  negative.trust.unsigned_zones.push_back({name("corp."), 1'000});
  auto longer = none;
  longer.trust.unsigned_zones.push_back({name("corp."), 2'000});
  CHECK(outdated_by(none, negative).zones == Names{name("corp.")});
  CHECK(outdated_by(negative, none).zones == Names{name("corp.")});
  CHECK(outdated_by(negative, longer).zones == Names{name("corp.")});
  CHECK_FALSE(outdated_by(negative, none).trust);
  auto clock = none;
  clock.trust.fixed_time = 1'000;
  CHECK(outdated_by(none, clock).trust);
  CHECK(outdated_by(none, clock).everything());
}
