// An attacker's zone names a server of its own that is silent and a victim that refuses the zone. The race
// goes on for the silent one, and asks the victim again at growing intervals.
#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kVictim = "192.0.2.60";
constexpr std::string_view kSilent = "192.0.2.66";

void serve_attack(IteratingHost& home) {
  home.serve("evil.", "", {kVictim, kSilent});
  home.host(kSilent).faults.silent = true;
}

}  // namespace

TEST_CASE("a victim that answers REFUSED gets a few packets for one question of a client") {
  IteratingHost home;
  serve_attack(home);
  home.host(kVictim).faults.lame = true;
  CHECK(home.ask_and_wait("some-name.evil.").servfail());
  home.network.run();
  CHECK(home.sent_to(kVictim) <= 8);
  CHECK(home.quiet());
}

TEST_CASE("a victim that answers SERVFAIL gets at most 32 packets for one question of a client") {
  IteratingHost home;
  serve_attack(home);
  home.host(kVictim).faults.servfail = true;
  CHECK(home.ask_and_wait("some-name.evil.").servfail());
  home.network.run();
  // The question, and the addresses of both servers' names, in the 10 s of a lookup.
  CHECK(home.sent_to(kVictim) <= 32);
  CHECK(home.quiet());
}

TEST_CASE(
    "beside a silent server, one that answered SERVFAIL for a while is heard within 2 s of its recovery") {
  for (const auto outage : {200ms, 1'000ms, 2'000ms}) {
    IteratingHost home;
    home.serve("example.", "www 300 A 192.0.2.80\n", {kVictim, kSilent});
    home.host(kSilent).faults.silent = true;
    home.host(kVictim).faults.servfail = true;
    const auto& client = home.ask("www.example.");
    home.network.advance(outage);
    home.host(kVictim).faults.servfail = false;
    home.network.run_until([&] { return client.got.has_value(); });
    CHECK(client.records() == 1);
    CHECK(client.waited <= outage + 2s);
    CHECK(home.quiet());
  }
}
