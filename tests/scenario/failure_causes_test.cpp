#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

TEST_CASE("a failure names every server of the zone and what it said, in one chain with those it hangs on") {
  IteratingHost home;
  home.serve("hoster.", "", {"192.0.2.9"});
  home.host("192.0.2.9").faults.servfail = true;
  home.serve("example.", "@ 300 NS ns1\n@ 300 NS ns2.hoster.\nns1 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1"});
  home.host("192.0.2.1").faults.lame = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.servfail());
  CHECK(client.error() == wire::Ede::NoReachableAuthority);
  REQUIRE(home.failures.seen.size() == 1);
  std::string chain;
  for (const auto& cause : home.failures.seen[0].causes) chain += to_text(cause) + "\n";
  CHECK(chain ==
        "192.0.2.1:53 of zone example. answered REFUSED\n"
        "192.0.2.9:53 of zone hoster. answered SERVFAIL\n"
        "server ns1.hoster. of zone hoster. has an address that depends on itself\n"
        "server ns1.hoster. of zone hoster. could not be resolved to an address\n"
        "server ns2.hoster. of zone example. could not be resolved to an address\n");
  CHECK(client.got->answer.errors[0].text == "192.0.2.1:53 of zone example. answered REFUSED, 4 more causes");
  CHECK(home.quiet());
}

TEST_CASE("when the network refuses every packet the reason is the network") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.unreachable = true;
  CHECK(home.ask_and_wait("www.example.").error() == wire::Ede::NetworkError);
  CHECK(home.sent() == 5);  // priming, the question to the root, three to the server
  CHECK(home.quiet());
}
