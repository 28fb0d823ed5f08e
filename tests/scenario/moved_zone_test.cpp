#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"
#include "tests/support/query_maker.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

TEST_CASE("a zone that has moved is found again though its old delegation has not expired") {
  IteratingHost home;
  home.serve("tld.", "", {"192.0.2.9"});
  const auto zone = home.serve("example.tld.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("a.example.tld.").records() == 1);
  home.network.advance(1min);
  home.host("192.0.2.1").faults.refuses = true;
  home.world.serve("192.0.2.2", zone);
  home.world.zone(1).put(test::record("ns1.example.tld. 300 IN A 192.0.2.2"));
  const auto& client = home.ask_and_wait("b.example.tld.");
  CHECK(client.records() == 1);
  CHECK(client.waited < 200ms);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}
