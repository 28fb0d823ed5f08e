#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using wire::Family;

namespace {

[[nodiscard]] bool sent_over_ipv6(const IteratingHost& home) {
  return std::ranges::any_of(home.network.sent(),
                             [](const auto& sent) { return sent.server.address.family == Family::V6; });
}

}  // namespace

TEST_CASE("without an IPv6 route not one IPv6 packet is sent, and nobody's AAAA is looked up for it") {
  IteratingHost home;
  home.network.set_route(Family::V6, false);
  home.serve("hoster.", "ns6 300 AAAA 2001:db8::6\n", {"192.0.2.9", "2001:db8::9"});
  home.serve("example.", "* 300 A 192.0.2.80\n@ 300 NS ns1\n@ 300 NS ns6.hoster.\nns1 300 A 192.0.2.1\n",
             {"192.0.2.1", "2001:db8::6"});
  for (int i = 0; i < 20; ++i) CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
  CHECK_FALSE(sent_over_ipv6(home));
  CHECK(home.sent_to("192.0.2.9") == 0);
  CHECK(home.quiet());
}

TEST_CASE(
    "a zone that only IPv6 reaches fails at once without a route, and is found within a second of one") {
  IteratingHost home;
  home.network.set_route(Family::V6, false);
  home.serve("example.", "www 300 A 192.0.2.80\n", {"2001:db8::1"});
  const auto& without = home.ask_and_wait("www.example.");
  CHECK(without.servfail());
  CHECK(without.waited < 100ms);
  CHECK_FALSE(sent_over_ipv6(home));
  home.network.set_route(Family::V6, true);
  home.resolver.routes_changed();
  home.network.advance(1s);
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(sent_over_ipv6(home));
  CHECK(home.quiet());
}

TEST_CASE("IPv6 that is switched off stays off, whatever the routes say") {
  IteratingHost home({.settings = {.ipv6 = upstream::Ipv6Transport::No}});
  home.serve("example.", "www 300 A 192.0.2.80\n", {"2001:db8::1"});
  CHECK(home.ask_and_wait("www.example.").servfail());
  CHECK_FALSE(sent_over_ipv6(home));
  CHECK(home.quiet());
}
