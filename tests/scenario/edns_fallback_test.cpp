#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

namespace {

[[nodiscard]] bool has_edns(const sim::SimulatedNetwork::Sent& sent) {
  return wire::read_header(sent.query).additional_count == 1;
}

}  // namespace

TEST_CASE("a server without EDNS must say so over TCP, then it is asked without") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.no_edns = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  REQUIRE(home.sent() == 3);
  CHECK(has_edns(home.network.sent()[1]));
  CHECK(home.network.sent()[1].transport == upstream::Transport::Tcp);
  CHECK_FALSE(has_edns(home.network.sent()[2]));
  home.ask_and_wait("mail.example.");
  REQUIRE(home.sent() == 4);
  CHECK_FALSE(has_edns(home.network.sent()[3]));
}

TEST_CASE("one forged FORMERR does not switch EDNS off") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.spoofed_formerr = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  home.ask_and_wait("mail.example.");
  for (const auto& sent : home.network.sent()) CHECK(has_edns(sent));
  CHECK(home.resolver.statistics().edns_fallbacks == 0);
}

TEST_CASE("a server that drops EDNS queries is asked without in the end") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.drops_edns = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.records() == 1);
  CHECK(client.waited < 4500ms);
  CHECK(home.quiet());
}
