#include <set>

#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

TEST_CASE("a reply with another ID is passed over and the right one awaited") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.wrong_id = true;
  const auto& client = home.ask_and_wait("www.example.");
  REQUIRE(client.records() == 1);
  CHECK(home.sent() == 1);
}

TEST_CASE("garbage from the right address is no answer, and never cached") {
  ResolvingHost home({test::kFirst, test::kSecond}, {}, 3);
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.garbage = true;
  for (int i = 0; i < 20; ++i) {
    const auto& client = home.ask_and_wait("n" + std::to_string(i) + ".example.");
    CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
  }
  CHECK(home.quiet());
}

TEST_CASE("IDs do not repeat in a pattern") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  std::set<std::uint16_t> ids;
  for (int i = 0; i < 200; ++i) home.ask_and_wait("n" + std::to_string(i) + ".example.");
  for (const auto& sent : home.network.sent()) ids.insert(wire::read_header(sent.query).id);
  CHECK(ids.size() > 190);
}
