// A zone has moved. One of its old servers does not serve it any more, and the other is silent: the parent is
// asked for the delegation while the silent server gets its tries.
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/query_maker.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kParent = "192.0.2.9";
constexpr std::string_view kOld = "192.0.2.1";
constexpr std::string_view kDead = "192.0.2.3";
constexpr std::string_view kNew = "192.0.2.2";
constexpr std::uint64_t kAfterLastSeed = 9;

enum class OldSays : std::uint8_t { Refused, UpwardReferral };

// example.tld. at kOld and kDead; its delegation is in the cache.
struct MovedWorld {
  explicit MovedWorld(std::uint64_t seed) : home({.seed = seed}) {
    home.serve("tld.", "", {kParent});
    zone = home.serve("example.tld.", "* 300 A 192.0.2.80\n", {kOld, kDead});
  }
  void learn() {
    CHECK(test::got_address(home.ask_and_wait("a.example.tld."), "192.0.2.80"));
    home.network.advance(1min);
  }
  // The zone leaves kOld, and kDead falls silent.
  void leave(OldSays says) {
    home.host(kOld).zones.clear();
    home.host(kOld).faults.upward_referral = says == OldSays::UpwardReferral;
    home.host(kDead).faults.silent = true;
  }
  void arrive() {
    home.world.serve(kNew, zone);
    auto& parent = home.world.zone(1);
    parent.put(test::record("example.tld. 300 IN NS ns3.example.tld."));
    parent.put(test::record("ns3.example.tld. 300 IN A 192.0.2.2"));
  }
  IteratingHost home;
  std::size_t zone = 0;
};

// MovedWorld after the zone has left kOld and kDead has fallen silent. The new servers are not up yet.
struct DesertedWorld : MovedWorld {
  explicit DesertedWorld(std::uint64_t seed, OldSays says = OldSays::Refused) : MovedWorld(seed) {
    learn();
    leave(says);
    to_parent = home.sent_to(kParent);
  }
  // No server answers for a second. Then kDead does.
  void wake_dead_server_and_be_answered() {
    const auto& client = home.ask("b.example.tld.");
    home.network.advance(1s);
    CHECK_FALSE(client.got.has_value());
    home.host(kDead).faults.silent = false;
    home.network.run();
    CHECK(test::got_address(client, "192.0.2.80"));
  }
  [[nodiscard]] std::size_t to_parent_since() const { return home.sent_to(kParent) - to_parent; }

  std::size_t to_parent = 0;
};

}  // namespace

TEST_CASE("a zone that left a lame and a dead server is found at once") {
  const auto says = GENERATE(OldSays::Refused, OldSays::UpwardReferral);
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  DesertedWorld world(seed, says);
  auto& home = world.home;
  world.arrive();
  const auto to_old = home.sent_to(kOld) + home.sent_to(kDead);
  const auto& client = home.ask_and_wait("b.example.tld.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited < 1'500ms);
  CHECK(world.to_parent_since() == 1);
  CHECK(home.sent_to(kOld) + home.sent_to(kDead) <= to_old + 8);
  CHECK(home.sent_to(kNew) == 1);
  // The old servers are asked no more.
  home.network.run();
  const auto before = home.sent();
  CHECK(test::got_address(home.ask_and_wait("c.example.tld."), "192.0.2.80"));
  CHECK(home.sent() == before + 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("it is found in 2 s if the old servers had never answered this resolver") {
  const auto says = GENERATE(OldSays::Refused, OldSays::UpwardReferral);
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  MovedWorld world(seed);
  auto& home = world.home;
  for (const auto server : {kOld, kDead}) home.host(server).faults.silent = true;
  CHECK(home.ask_and_wait("a.example.tld.").servfail());
  home.network.run();
  home.network.advance(1min);
  home.host(kOld).faults.silent = false;
  world.leave(says);
  world.arrive();
  const auto to_parent = home.sent_to(kParent);
  const auto& client = home.ask_and_wait("some-name-with-letters.example.tld.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited < 2s);
  CHECK(home.sent_to(kParent) == to_parent + 1);
  CHECK(home.quiet());
}

TEST_CASE("a zone that has moved to the server of its parent is found at once") {
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  DesertedWorld world(seed);
  auto& home = world.home;
  home.world.serve(kParent, world.zone);
  const auto& client = home.ask_and_wait("b.example.tld.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited < 1'500ms);
  CHECK(world.to_parent_since() <= 3);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a zone that the parent does not know any more is denied at once") {
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  DesertedWorld world(seed);
  auto& home = world.home;
  home.host(kParent).script = test::always(test::denying("tld."));
  const auto& client = home.ask_and_wait("b.example.tld.");
  CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(client.waited < 1'500ms);
  // The delegation and the check of its denial in plain case, and then the whole name.
  CHECK(world.to_parent_since() <= 3);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a slow server beside a lame one is heard though the parent is asked") {
  const auto delay = GENERATE(1'600ms, 2'500ms, 4'000ms);
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed << " delay " << delay.count());
  DesertedWorld world(seed);
  auto& home = world.home;
  home.host(kDead).faults.silent = false;
  home.host(kDead).link.delay = delay / 2;
  const auto to_slow = home.sent_to(kDead);
  const auto& client = home.ask_and_wait("b.example.tld.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited <= delay + 100ms);
  CHECK(world.to_parent_since() <= 1);
  CHECK(home.sent_to(kDead) <= to_slow + 8);
  for (int i = 0; i < 4; ++i)
    CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.tld.", i)), "192.0.2.80"));
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a zone that has not moved is still heard, with at most one question to its parent") {
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  DesertedWorld world(seed);
  auto& home = world.home;
  world.wake_dead_server_and_be_answered();
  CHECK(world.to_parent_since() <= 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("the race with the old servers goes on if the parent refuses the question") {
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  DesertedWorld world(seed);
  auto& home = world.home;
  home.host(kParent).faults.lame = true;
  world.wake_dead_server_and_be_answered();
  CHECK(world.to_parent_since() <= 2);
  CHECK(home.quiet());
}

// Each lookup has a race of its own. While the first asks the parent, the others wait for its word.
TEST_CASE("many names of a zone that has moved are found with one question to the parent") {
  constexpr int kNames = 50;
  const auto seed = GENERATE(range<std::uint64_t>(1, kAfterLastSeed));
  INFO("seed " << seed);
  DesertedWorld world(seed);
  auto& home = world.home;
  world.arrive();
  std::vector<const test::Client*> clients;
  for (int i = 0; i < kNames; ++i) clients.push_back(&home.ask(fmt::format("n{}.example.tld.", i)));
  home.network.run();
  for (const auto* client : clients) {
    CHECK(test::got_address(*client, "192.0.2.80"));
    CHECK(client->waited < 2s);
  }
  CHECK(world.to_parent_since() == 1);
  CHECK(home.sent_to(kNew) == kNames);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("many names of a zone that has not moved cost its parent few packets") {
  const bool parent_is_silent = GENERATE(false, true);
  const unsigned names = GENERATE(50U, 200U);
  DesertedWorld world(1);
  auto& home = world.home;
  home.host(kParent).faults.silent = parent_is_silent;
  const auto to_dead = home.sent_to(kDead);
  for (unsigned i = 0; i < names; ++i) home.ask(fmt::format("n{}.example.tld.", i));
  home.network.run();
  CHECK(world.to_parent_since() <= (parent_is_silent ? 8 : 1));
  CHECK(home.sent_to(kDead) <= to_dead + 8 * names);
  CHECK(home.quiet());
}
