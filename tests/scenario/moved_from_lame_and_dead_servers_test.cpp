// A zone has moved. One of its old servers does not serve it any more, and the other is silent: the parent is
// asked again before the silent server has had all its tries.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kOld = "192.0.2.1";
constexpr std::string_view kDead = "192.0.2.3";
constexpr std::string_view kNew = "192.0.2.2";

enum class OldSays : std::uint8_t { Refused, UpwardReferral };

void leave(sim::Host& host, OldSays says) {
  host.zones.clear();
  host.faults.upward_referral = says == OldSays::UpwardReferral;
}

// example.tld. at an old server and one that falls silent; its delegation is in the cache.
struct World {
  explicit World(std::uint64_t seed) : home({.seed = seed}) {
    home.serve("tld.", "", {"192.0.2.9"});
    zone = home.serve("example.tld.", "* 300 A 192.0.2.80\n", {kOld, kDead});
    CHECK(home.ask_and_wait("a.example.tld.").records() == 1);
    home.network.advance(1min);
    home.host(kDead).faults.silent = true;
  }
  void move(OldSays says) {
    leave(home.host(kOld), says);
    home.world.serve(kNew, zone);
    auto& parent = home.world.zone(1);
    parent.put(test::record("example.tld. 300 IN NS ns3.example.tld."));
    parent.put(test::record("ns3.example.tld. 300 IN A 192.0.2.2"));
  }
  IteratingHost home;
  std::size_t zone = 0;
};

}  // namespace

TEST_CASE("a zone that left a lame and a dead server is found in 2 s") {
  const auto says = GENERATE(OldSays::Refused, OldSays::UpwardReferral);
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    World world(seed);
    auto& home = world.home;
    world.move(says);
    const auto& client = home.ask_and_wait("b.example.tld.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited < 2s);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("it is found in 2 s if the old servers had never answered this resolver") {
  const auto says = GENERATE(OldSays::Refused, OldSays::UpwardReferral);
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    IteratingHost home({.seed = seed});
    home.serve("tld.", "", {"192.0.2.9"});
    const auto zone = home.serve("example.tld.", "* 300 A 192.0.2.80\n", {kOld, kDead});
    for (const auto server : {kOld, kDead}) home.host(server).faults.silent = true;
    CHECK(home.ask_and_wait("a.example.tld.").servfail());
    home.network.run();
    home.network.advance(1min);
    home.host(kOld).faults.silent = false;
    leave(home.host(kOld), says);
    home.world.serve(kNew, zone);
    auto& parent = home.world.zone(1);
    parent.put(test::record("example.tld. 300 IN NS ns3.example.tld."));
    parent.put(test::record("ns3.example.tld. 300 IN A 192.0.2.2"));
    const auto& client = home.ask_and_wait("some-name-with-letters.example.tld.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited < 2s);
    CHECK(home.quiet());
  }
}

TEST_CASE("a zone that has not moved gets all tries, after one question to its parent") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    World world(seed);
    auto& home = world.home;
    leave(home.host(kOld), OldSays::Refused);
    const auto to_parent = home.sent_to("192.0.2.9");
    const auto& client = home.ask("b.example.tld.");
    home.network.advance(1s);
    CHECK_FALSE(client.got.has_value());
    home.host(kDead).faults.silent = false;
    home.network.run();
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(home.sent_to("192.0.2.9") <= to_parent + 1);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("the old servers get all tries as well if the parent does not answer") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    World world(seed);
    auto& home = world.home;
    leave(home.host(kOld), OldSays::Refused);
    home.host("192.0.2.9").faults.lame = true;
    const auto& client = home.ask("b.example.tld.");
    home.network.advance(1s);
    home.host(kDead).faults.silent = false;
    home.network.run();
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(home.quiet());
  }
}
