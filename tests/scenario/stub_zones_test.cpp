#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

[[nodiscard]] upstream::ZoneServers named(std::string_view zone, std::string_view server) {
  return {wire::Name::literal(zone), {*wire::Endpoint::parse(server)}};
}

constexpr auto kCorp =
    "@ 300 SOA a b 1 1 1 1 60\nwww 300 A 10.0.0.80\nsub 300 NS ns.sub\nns.sub 300 A 10.0.0.2\n";

}  // namespace

TEST_CASE("a stub's servers are where the walk begins, and what they delegate is walked to") {
  IteratingHost home({.settings = {.stubs = {named("corp.example.", "10.0.0.1:5353")}}});
  home.world.serve("10.0.0.1:5353", home.world.add_zone("corp.example.", kCorp));
  home.world.serve("10.0.0.2",
                   home.world.add_zone("sub.corp.example.", "@ 300 SOA a b 1 1 1 1 60\nx 300 A 10.0.0.81\n"));
  CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
  CHECK(home.ask_and_wait("x.sub.corp.example.").records() == 1);
  CHECK(home.sent() == 3);  // nobody is primed for a stub
  CHECK(home.sent_to(test::kRoot) == 0);
  CHECK(home.quiet());
}

TEST_CASE("the longest of forward, stub and DNSBL zones decides") {
  IteratingHost home({.settings = {.mode = upstream::Mode::Forward,
                                   .forwards = {named(".", "10.0.0.3:53")},
                                   .stubs = {named("corp.example.", "10.0.0.1:53")},
                                   .iterated = {wire::Name::literal("dnsbl.example.")}}});
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("dnsbl.example.", "2.0.0.127 300 A 127.0.0.2\n", {"192.0.2.2"});
  home.world.add_host("10.0.0.3", sim::Role::Recursor);
  home.world.serve("10.0.0.1", home.world.add_zone("corp.example.", kCorp));
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent_to("10.0.0.3") == 1);
  CHECK(home.sent() == 1);
  CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
  CHECK(home.sent_to("10.0.0.1") == 1);
  CHECK(home.ask_and_wait("2.0.0.127.dnsbl.example.").records() == 1);
  CHECK(home.sent_to("10.0.0.3") == 1);
  CHECK(home.sent_to("192.0.2.2") > 0);
  CHECK(home.quiet());
}
