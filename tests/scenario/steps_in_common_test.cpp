#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

TEST_CASE("walks at the same moment share the steps that they have in common") {
  IteratingHost home;
  home.serve("tld.", "", {"192.0.2.1"});
  home.serve("example.tld.", "* 300 A 192.0.2.80\n", {"192.0.2.2"});
  for (int i = 0; i < 20; ++i) static_cast<void>(home.ask("n" + std::to_string(i) + ".example.tld."));
  CHECK(home.quiet());
  CHECK(home.sent_to(test::kRoot) == 2);  // with the priming
  CHECK(home.sent_to("192.0.2.1") == 1);
  CHECK(home.sent_to("192.0.2.2") == 20);
}

TEST_CASE("when the walk that is waited for fails, the others try for themselves") {
  IteratingHost home;
  home.serve("tld.", "", {"192.0.2.1"});
  home.host("192.0.2.1").faults.servfail = true;
  auto& one = home.ask("www.one.tld.");
  auto& two = home.ask("www.one.tld.", wire::Type::MX);
  CHECK(home.quiet());
  CHECK(one.servfail());
  CHECK(two.servfail());
  CHECK(home.failures.seen.size() == 2);
}

TEST_CASE("the glue of a referral serves to ask the server whose address was wanted, and no client") {
  IteratingHost home;
  home.serve("hoster.", "", {"192.0.2.9"});
  home.serve("example.", "@ 300 NS ns1.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.9"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.9") == 1);
  CHECK(home.ask_and_wait("ns1.hoster.").records() == 1);
  CHECK(home.sent_to("192.0.2.9") == 2);
  CHECK(home.quiet());
}
