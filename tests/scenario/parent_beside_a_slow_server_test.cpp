// The parent of a zone that may have moved is asked beside its servers (decision 028). What it says counts
// only if it is its own word, and names servers that were not asked.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kTld = "192.0.2.9";
constexpr std::string_view kShared = "192.0.2.1";
constexpr std::string_view kSecondOfZone = "192.0.2.3";

}  // namespace

TEST_CASE("a parent that answers the apex out of its cache does not end the race with a slow server") {
  for (const auto delay : {1'600ms, 2'500ms}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      INFO("seed " << seed << " delay " << delay.count());
      IteratingHost home({.seed = seed});
      home.serve("tld.", "", {kTld});
      home.serve("example.tld.", "@ 300 A 192.0.2.70\n* 300 A 192.0.2.80\n", {kShared, kSecondOfZone});
      CHECK(test::got_address(home.ask_and_wait("a.example.tld."), "192.0.2.80"));
      home.network.advance(1min);
      home.host(kShared).zones.clear();
      home.host(kSecondOfZone).link.delay = delay / 2;
      // The parent's server recurses as well: it has the apex' address in its cache.
      home.host(kTld).script =
          test::about("example.tld.", test::referring({.answer = "example.tld. 300 A 192.0.2.70\n"}));
      const auto& client = home.ask_and_wait("b.example.tld.");
      CHECK(test::got_address(client, "192.0.2.80"));
      CHECK(client.waited <= delay + 200ms);
      CHECK(home.failures.seen.empty());
    }
  }
}

TEST_CASE("glue that comes later is no news, and a slow server is still heard") {
  for (const bool glue_later : {false, true}) {
    INFO("glue later " << glue_later);
    IteratingHost home;
    home.serve("tld.", "", {kTld});
    home.serve("hoster.tld.", "ns2 3600 A 192.0.2.3\n", {kShared});
    const auto zone = home.serve("example.tld.",
                                 "@ 300 SOA a b 1 1 1 1 60\n@ 300 NS ns1.hoster.tld.\n"
                                 "@ 300 NS ns2.hoster.tld.\n* 300 A 192.0.2.80\n",
                                 {kShared, kSecondOfZone}, test::Delegated::No);
    auto& parent = home.world.zone(1);
    parent.add("example.tld. 3600 IN NS ns1.hoster.tld.\nexample.tld. 3600 IN NS ns2.hoster.tld.\n");
    CHECK(test::got_address(home.ask_and_wait("a.example.tld."), "192.0.2.80"));
    home.network.advance(1min);
    std::erase(home.host(kShared).zones, zone);
    home.host(kSecondOfZone).link.delay = 1'900ms;
    if (glue_later)
      home.host(kTld).script = test::about(
          "example.tld.",
          test::referring(
              {.authority = "example.tld. 3600 NS ns1.hoster.tld.\nexample.tld. 3600 NS ns2.hoster.tld.\n",
               .additional = "ns1.hoster.tld. 3600 A 192.0.2.1\nns2.hoster.tld. 3600 A 192.0.2.3\n"}));
    const auto& client = home.ask_and_wait("b.example.tld.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited <= 4'000ms);
  }
}
