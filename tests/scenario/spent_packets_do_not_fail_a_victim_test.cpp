// An attacker's aliases spend the packets of one question in its own zones, and end at a name of the victim.
#include <catch2/catch.hpp>

#include "tests/support/costly_zones.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

void serve_victim(IteratingHost& home) {
  home.serve("tld.", "", {"192.0.2.1"});
  home.serve("victim.tld.", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
}

}  // namespace

TEST_CASE("a name at the end of aliases that spent the packets does not fail for others") {
  int failed = 0;
  for (int packets = test::kLeavesPlenty; packets <= test::kLeavesNone; ++packets) {
    IteratingHost home;
    serve_victim(home);
    const auto attack = test::serve_costly_aliases(home, {packets, "www.victim.tld."});
    test::ask_to_the_end(home, attack);
    failed += home.failures.seen.empty() ? 0 : 1;
    const auto cost = home.sent();
    CAPTURE(packets);
    CHECK(home.ask_and_wait("www.victim.tld.").records() == 1);
    CHECK(home.sent() <= cost + 3);
    CHECK(home.quiet());
  }
  CHECK(failed == 4);  // as many as the name itself costs, and none
}

TEST_CASE("the failure is remembered against the question that the client asked, and costs nothing again") {
  for (int packets = test::kLeavesNone - 3; packets <= test::kLeavesNone; ++packets) {
    IteratingHost home;
    serve_victim(home);
    const auto attack = test::serve_costly_aliases(home, {packets, "www.victim.tld."});
    test::ask_to_the_end(home, attack);
    REQUIRE(home.failures.seen.size() == 1);
    const auto cost = home.sent();
    test::ask_to_the_end(home, attack);
    CAPTURE(packets);
    CHECK(home.sent() == cost);
  }
}

TEST_CASE("a dead name behind an ordinary alias is remembered as such") {
  IteratingHost home;
  serve_victim(home);
  home.serve("shop.", "www 300 CNAME www.victim.tld.\n", {"192.0.2.3"});
  home.host("192.0.2.2").faults.servfail = true;
  CHECK(home.ask_and_wait("www.shop.").servfail());
  const auto cost = home.sent();
  CHECK(home.ask_and_wait("www.victim.tld.").servfail());
  CHECK(home.ask_and_wait("www.shop.").servfail());
  CHECK(home.sent() == cost);
  CHECK(home.quiet());
}
