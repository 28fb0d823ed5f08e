#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

TEST_CASE("a client has SERVFAIL with its reason by 4.5 s, whatever the servers do") {
  ResolvingHost home({test::kFirst, test::kSecond});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.silent = true;
  home.host(test::kSecond).faults.silent = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.servfail());
  CHECK(client.waited == 4500ms);
  CHECK(client.error() == wire::Ede::NoReachableAuthority);
  const auto& told = client.got->answer.errors.back().text;
  CHECK((told == "no answer in time: forwarder 192.0.2.1:53 was asked last; the lookup goes on" ||
         told == "no answer in time: forwarder 192.0.2.2:53 was asked last; the lookup goes on"));
  CHECK(home.resolver.lookups_in_flight() == 1);
  CHECK(home.quiet());
  CHECK(home.failures.seen.size() == 1);
}

TEST_CASE("the lookup goes on behind a client that gave up, and fills the cache") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).link.delay = 2500ms;
  const auto& early = home.ask_and_wait("www.example.");
  CHECK(early.servfail());
  CHECK(home.quiet());
  const auto before = home.sent();
  const auto& late = home.ask_and_wait("www.example.");
  CHECK(late.records() == 1);
  CHECK(late.waited == 0ms);
  CHECK(home.sent() == before);
}

TEST_CASE("a client that cannot wait is told which server of which zone was asked last") {
  test::IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.7"});
  home.host("192.0.2.7").faults.silent = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.servfail());
  const auto& told = client.got->answer.errors.back().text;
  CHECK(told == "no answer in time: 192.0.2.7:53 of zone example. was asked last; the lookup goes on");
}
