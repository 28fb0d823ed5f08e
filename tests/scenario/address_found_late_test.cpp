// Old glue is silent while a lookup finds a better address. The better address is asked at once, even if its
// server was down before, and even if another lookup is probing this server.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/stale_glue.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

using test::kNewAddress;
using test::kOldAddress;
using test::serve_stale_glue;

constexpr std::string_view kOther = "192.0.2.3";
constexpr auto kSilent = &sim::Faults::silent;

// kNewAddress is down for a while, and is up again.
void take_down_and_up(IteratingHost& home) {
  home.serve("elsewhere.", "", {kNewAddress});
  home.host(kNewAddress).faults.silent = true;
  CHECK(home.ask_and_wait("www.elsewhere.").servfail());
  home.host(kNewAddress).faults.silent = false;
  home.network.advance(100ms);
}

}  // namespace

TEST_CASE("an address whose server was down before is asked before old glue gets a third try") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.seed = seed});
    serve_stale_glue(home, kSilent);
    take_down_and_up(home);
    const auto& client = home.ask_and_wait("www.shop.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited < 1s);
    CHECK(home.sent_to(kOldAddress) <= 2);
    CHECK(home.quiet());
  }
}

TEST_CASE("a server that another lookup is probing is asked as soon as it has answered the probe") {
  constexpr int kLookups = 6;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.seed = seed});
    serve_stale_glue(home, kSilent);
    take_down_and_up(home);
    std::vector<const test::Client*> clients;
    for (int i = 0; i < kLookups; ++i) clients.push_back(&home.ask(fmt::format("some-name-{}.shop.", i)));
    home.network.run();
    for (const auto* client : clients) {
      CHECK(test::got_address(*client, "192.0.2.80"));
      CHECK(client->waited < 1'100ms);
    }
    CHECK(home.quiet());
  }
}

TEST_CASE("a newly found address is asked at once, even with three queries to silent servers under way") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.seed = seed});
    serve_stale_glue(home, kSilent, "shop. 300 NS ns2.shop.\nns2.shop. 300 A 192.0.2.3\n");
    home.world.add_host(kOther, sim::Role::Authority);
    home.host(kOther).faults.silent = true;
    // The lookup of the address lasts until the third query has been sent.
    home.host(test::kHosterServer).faults.answers_late = 500ms;
    const auto& client = home.ask_and_wait("www.shop.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited < 1'500ms);
    CHECK(home.sent_to(kOldAddress) + home.sent_to(kOther) <= 4);
    CHECK(home.quiet());
  }
}
