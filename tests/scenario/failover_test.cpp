#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

TEST_CASE("a server that refuses is left for the other at once") {
  // Whichever of the two the seed picks first.
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    ResolvingHost home({test::kFirst, test::kSecond}, {}, seed);
    home.world.add_zone("example.", test::kExampleZone);
    home.host(test::kFirst).faults.refuses = true;
    const auto& client = home.ask_and_wait("www.example.");
    CHECK(client.records() == 1);
    CHECK(client.waited <= 25ms);
    CHECK(home.sent() <= 2);
    CHECK(home.quiet());
  }
}

TEST_CASE("a silent server costs one hedge, and is then asked last") {
  ResolvingHost home({test::kFirst, test::kSecond}, {}, 3);
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.silent = true;
  std::size_t slow = 0;
  for (int i = 0; i < 20; ++i) {
    const auto& client = home.ask_and_wait("n" + std::to_string(i) + ".example.");
    REQUIRE(client.got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(client.waited < 1s);
    if (client.waited > 50ms) ++slow;
  }
  CHECK(slow <= 1);
  CHECK(home.quiet());
}

TEST_CASE("SERVFAIL and REFUSED of one server send us to the next, and are not asked again") {
  ResolvingHost home({test::kFirst, test::kSecond}, {}, 3);
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.servfail = true;
  home.host(test::kSecond).faults.lame = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.servfail());
  CHECK(client.waited < 50ms);
  // Each once more in plain case: nothing is known yet of how they compare names.
  CHECK(home.sent() == 4);
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(home.failures.seen[0].causes.size() == 2);
  home.ask_and_wait("mail.example.");
  CHECK(home.sent() == 8);
  CHECK(home.quiet());
}
