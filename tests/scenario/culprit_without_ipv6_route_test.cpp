#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr auto kNoRoute = "zone example. has only IPv6 addresses, and this host has no IPv6 route";

[[nodiscard]] std::string first_cause(const IteratingHost& home) {
  if (home.failures.seen.empty()) return "none";
  return to_text(most_telling(home.failures.seen.back()));
}

[[nodiscard]] std::string told(const test::Client& client) { return client.got->answer.errors.at(0).text; }

}  // namespace

TEST_CASE("a zone with only IPv6 addresses reports the missing route first, with advice") {
  for (const auto& servers : {std::initializer_list<std::string_view>{"2001:db8::1"},
                              std::initializer_list<std::string_view>{"2001:db8::1", "2001:db8::2"}}) {
    IteratingHost home;
    home.network.set_route(wire::Family::V6, false);
    home.serve("example.", "www 300 A 192.0.2.80\n", servers);
    const auto& client = home.ask_and_wait("www.example.");
    CHECK(client.servfail());
    CHECK(client.waited < 100ms);
    CHECK(first_cause(home) == kNoRoute);
    CHECK(told(client).starts_with(kNoRoute));
    REQUIRE(client.got->answer.errors.size() == 2);
    CHECK(client.got->answer.errors[1].text ==
          "give this host an IPv6 route, or forward the zone to a resolver with one");
    CHECK(home.quiet());
  }
}

TEST_CASE("a zone whose server's own zone has only IPv6 addresses reports that missing route") {
  IteratingHost home;
  home.network.set_route(wire::Family::V6, false);
  home.serve("hoster.", "dns 300 A 192.0.2.1\n", {"2001:db8::9"});
  home.serve("example.", "@ 300 NS dns.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.ask_and_wait("www.example.");
  CHECK(first_cause(home) == "zone hoster. has only IPv6 addresses, and this host has no IPv6 route");
  CHECK(home.quiet());
}

TEST_CASE("a server whose name has only an IPv6 address is told apart from one without any") {
  IteratingHost home;
  home.network.set_route(wire::Family::V6, false);
  home.serve("hoster.", "dns 300 AAAA 2001:db8::1\n", {"192.0.2.9"});
  home.serve("example.", "@ 300 NS dns.hoster.\nwww 300 A 192.0.2.80\n", {"2001:db8::1"});
  home.ask_and_wait("www.example.");
  CHECK(first_cause(home) ==
        "server dns.hoster. of zone example. has no IPv4 address, and this host has no IPv6 route");
  home.network.set_route(wire::Family::V6, true);
  home.serve("test.", "@ 300 NS gone.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.9"});
  home.ask_and_wait("www.test.");
  CHECK(first_cause(home) == "server gone.hoster. of zone test. has no address");
  CHECK(home.quiet());
}

TEST_CASE("the failure names a family that the configuration switches off") {
  IteratingHost without_v6({.settings = {.ipv6 = upstream::Ipv6Transport::No}});
  without_v6.serve("example.", "www 300 A 192.0.2.80\n", {"2001:db8::1"});
  without_v6.ask_and_wait("www.example.");
  CHECK(first_cause(without_v6) == "zone example. has only IPv6 addresses, and resolve.ipv6 is \"no\"");
}

TEST_CASE("the failure names a server whose addresses must not be asked") {
  IteratingHost home({.settings = {.do_not_query = {*wire::Prefix::parse("10.0.0.0/8")}}});
  home.serve("example.", "www 300 A 192.0.2.80\n", {"10.0.0.1"});
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(first_cause(home) ==
        "zone example. has only addresses that must not be asked (resolve.do-not-query)");
  CHECK(client.servfail());
  CHECK(home.sent_to("10.0.0.1") == 0);
  CHECK(home.quiet());
}
