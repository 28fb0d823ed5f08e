#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

[[nodiscard]] std::string told(IteratingHost& home, std::string_view name) {
  const auto& client = home.ask_and_wait(name);
  return client.servfail() ? client.got->answer.errors.at(0).text : "an answer";
}

}  // namespace

TEST_CASE("the word of the zone's own server goes before the circle of another server's address") {
  IteratingHost home;
  home.world.zone(0).add("b. 300 NS ns.b.\n");
  home.serve("example.", "@ 300 NS ns.b.\n@ 300 NS ns1\nns1 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1"});
  home.host("192.0.2.1").faults.lame = true;
  CHECK(told(home, "www.example.").starts_with("192.0.2.1:53 of zone example. answered REFUSED, "));
  CHECK(home.quiet());
}

TEST_CASE("the silence of the zone's own server goes before the words of another server's zone") {
  IteratingHost home;
  home.serve("hoster.", "", {"192.0.2.9"});
  home.host("192.0.2.9").faults.servfail = true;
  home.serve("example.", "@ 300 NS dns.hoster.\n@ 300 NS ns1\nns1 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1"});
  home.host("192.0.2.1").faults.silent = true;
  home.ask_and_wait("www.example.");
  home.network.run();
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(to_text(most_telling(home.failures.seen[0])) == "192.0.2.1:53 of zone example. timed out");
  CHECK(home.quiet());
}

TEST_CASE("a zone whose only server cannot be resolved reports the cause of that") {
  IteratingHost home;
  home.serve("hoster.", "", {"192.0.2.9"});
  home.host("192.0.2.9").faults.lame = true;
  home.serve("example.", "@ 300 NS dns.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.1"});
  CHECK(told(home, "www.example.").starts_with("192.0.2.9:53 of zone hoster. answered REFUSED, "));
  CHECK(home.quiet());
}

TEST_CASE("many causes on the way never push out the word of the zone's own server") {
  IteratingHost home;
  std::string servers = "@ 300 NS ns1\nns1 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n";
  for (int i = 0; i < 6; ++i) servers += fmt::format("@ 300 NS ns.c{}.\n", i);
  for (int i = 0; i < 6; ++i) home.world.zone(0).add(fmt::format("c{0}. 300 NS ns.c{0}.\n", i));
  home.serve("example.", servers, {"192.0.2.1"});
  home.host("192.0.2.1").faults.silent = true;
  home.ask_and_wait("www.example.");
  home.network.run();
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(to_text(most_telling(home.failures.seen[0])) == "192.0.2.1:53 of zone example. timed out");
  CHECK(home.quiet());
}
