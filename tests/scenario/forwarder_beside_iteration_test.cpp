#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

constexpr std::string_view kForwarder = "192.0.2.3";
constexpr std::string_view kEvil = "10.6.6.6";

// fwd. is forwarded, all else is iterated, and so is one zone below it (MaginotDNS).
[[nodiscard]] test::IteratingSetup forwarding() {
  const auto fwd = wire::Name::literal("fwd.");
  return {.settings = {.forwards = {{fwd, {*wire::Endpoint::parse("192.0.2.3:53")}}},
                       .iterated = {wire::Name::literal("bank.fwd.")}}};
}

}  // namespace

TEST_CASE("a forwarder says nothing about names that are iterated, not even within its zone") {
  IteratingHost home(forwarding());
  home.serve("bank.fwd.", "* 300 A 192.0.2.81\n", {"192.0.2.1"});
  home.world.add_host(kForwarder, sim::Role::Recursor);
  home.host(kForwarder).script = test::always(
      test::saying({.answer = "www.fwd. 300 CNAME www.bank.fwd.\nwww.bank.fwd. 86400 A 10.6.6.6\n",
                    .authority = "bank.fwd. 86400 NS ns1.bank.fwd.\n. 86400 NS ns1.bank.fwd.\n",
                    .additional = "ns1.bank.fwd. 86400 A 10.6.6.6\na.root-servers.net. 86400 A 10.6.6.6\n"}));
  CHECK(test::got_address(home.ask_and_wait("www.fwd."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("www.bank.fwd."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("ns1.bank.fwd."), "192.0.2.1"));
  CHECK(home.sent_to(kEvil) == 0);
  CHECK(home.sent_to(kForwarder) == 1);
  CHECK(home.sent() == 6);  // that; priming, root twice, bank.fwd. twice
  CHECK(home.quiet());
}

TEST_CASE("servers that are iterated say nothing about a forwarded zone, not even its parent") {
  IteratingHost home(forwarding());
  home.serve("evil.", "", {"192.0.2.1"});
  home.world.add_host(kForwarder, sim::Role::Recursor);
  home.host(kForwarder).script = test::always(test::saying({.answer = "www.fwd. 300 A 192.0.2.83\n"}));
  home.host("192.0.2.1").script =
      test::always(test::saying({.answer = "www.evil. 300 CNAME www.fwd.\nwww.fwd. 86400 A 10.6.6.6\n",
                                 .authority = "fwd. 86400 NS ns.evil.\n",
                                 .additional = "ns.evil. 86400 A 10.6.6.6\n"}));
  home.world.zone(0).add("fwd. 300 NS ns.evil.\nns.evil. 300 A 10.6.6.6\n");
  home.host(test::kRoot).script =
      test::about("to.", test::saying({.answer = "to. 300 CNAME www.fwd.\nwww.fwd. 86400 A 10.6.6.6\n"}));
  for (const auto* name : {"www.evil.", "to.", "www.fwd."})
    CHECK(test::got_address(home.ask_and_wait(name), "192.0.2.83"));
  CHECK(home.ask_and_wait("fwd.", wire::Type::DS).got.has_value());
  CHECK(test::got_address(home.ask_and_wait("www.fwd."), "192.0.2.83"));
  CHECK(home.sent_to(kEvil) == 0);
  CHECK(home.sent_to(kForwarder) == 1);
  CHECK(home.quiet());
}
