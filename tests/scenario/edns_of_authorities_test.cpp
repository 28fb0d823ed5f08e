#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

[[nodiscard]] std::size_t queries_without_edns(const IteratingHost& home) {
  const auto plain = [](const auto& sent) { return wire::read_header(sent.query).additional_count == 0; };
  return static_cast<std::size_t>(std::ranges::count_if(home.network.sent(), plain));
}

}  // namespace

TEST_CASE("one forged FORMERR switches EDNS off for no server on the way down") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host(test::kRoot).faults.spoofed_formerr = true;
  home.host("192.0.2.1").faults.spoofed_formerr = true;
  CHECK(test::got_address(home.ask_and_wait("a.example."), "192.0.2.80"));
  CHECK(test::got_address(home.ask_and_wait("b.example."), "192.0.2.80"));
  CHECK(queries_without_edns(home) == 0);
  CHECK(home.resolver.statistics().edns_fallbacks == 0);
  CHECK(home.sent() == 6);  // priming, root, example twice; each FORMERR questioned over TCP
  CHECK(home.quiet());
}

TEST_CASE("an authority of before EDNS proves it over TCP and is then asked without") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.no_edns = true;
  CHECK(test::got_address(home.ask_and_wait("a.example."), "192.0.2.80"));
  CHECK(home.sent() == 5);
  CHECK(test::got_address(home.ask_and_wait("b.example."), "192.0.2.80"));
  CHECK(home.sent() == 6);
  CHECK(queries_without_edns(home) == 2);
  CHECK(home.quiet());
}

TEST_CASE("an authority whose packets with EDNS get lost is asked without in the end") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.drops_edns = true;
  const auto& client = home.ask_and_wait("a.example.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited < std::chrono::milliseconds{4'500});
  CHECK(home.sent() <= 8);
  CHECK(home.quiet());
}
