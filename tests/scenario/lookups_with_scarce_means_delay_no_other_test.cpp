// A lookup with almost no budget left is under way for the same key that another lookup needs.
#include <catch2/catch.hpp>

#include "tests/support/costly_zones.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;

TEST_CASE(
    "an honest question does not wait for a server's address that another asks for with its last packet") {
  test::IteratingHost home;
  home.serve("hoster.", "ns 300 A 192.0.2.3\n", {"192.0.2.2"});
  home.serve("shop.", "@ 300 NS ns.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.3"});
  home.serve("bad.", "@ 300 NS ns.hoster.\nwww 300 A 192.0.2.66\n", {"192.0.2.3"});
  // Three are left for bad., hoster. and its server.
  const auto attack =
      test::serve_costly_aliases(home, {static_cast<int>(upstream::kMaxUpstreamPackets) - 3, "www.bad."});
  home.host("192.0.2.2").faults.silent = true;
  home.ask(attack);
  home.network.run_until([&] { return home.sent_to("192.0.2.2") > 0; });
  home.host("192.0.2.2").faults.silent = false;
  const auto& client = home.ask_and_wait("www.shop.");
  CHECK(client.records() == 1);
  CHECK(client.waited < 300ms);
  CHECK(home.quiet());
}

TEST_CASE("an honest question does not wait for a zone's keys that another asks for with its last packet") {
  for (int left = 2; left <= 6; ++left) {
    test::SignedHost home;
    home.serve_signed("test", "", {"192.0.2.10"});
    home.serve_signed("victim.test", "www 300 A 192.0.2.80\nmail 300 A 192.0.2.81\n", {"192.0.2.11"});
    const auto attack = test::serve_costly_aliases(
        home, {static_cast<int>(upstream::kMaxUpstreamPackets) - left, "www.victim.test."});
    home.host("192.0.2.10").faults.silent = true;
    home.ask(attack);
    home.network.run_until([&] { return home.sent_to("192.0.2.10") > 0; });
    home.host("192.0.2.10").faults.silent = false;
    const auto& client = home.ask_and_wait("mail.victim.test");
    CAPTURE(left);
    CHECK(test::secure(client));
    CHECK(client.waited < 900ms);
    CHECK(home.quiet());
  }
}
