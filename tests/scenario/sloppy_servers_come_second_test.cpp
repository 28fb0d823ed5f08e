#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// An old server of the zone that recurses: it answers out of its memory.
void make_stale(sim::Host& host) {
  host.script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    const auto line = question.name.text() + " 300 A 10.6.6.6\n";
    return test::referring({.answer = line});
  };
}

}  // namespace

TEST_CASE("an answer with AA is waited for when an old server answers out of its memory first") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.seed = seed});
    home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2"});
    make_stale(home.host("192.0.2.1"));
    for (int i = 0; i < 20; ++i)
      CHECK(test::got_address(home.ask_and_wait("n" + std::to_string(i) + ".example."), "192.0.2.80"));
    CHECK(home.sent_to("192.0.2.1") <= 1);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a server that was sloppy has another chance after some minutes") {
  IteratingHost home;
  home.serve("example.", "* 5 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2"});
  home.host("192.0.2.1").faults.not_authoritative = true;
  for (int i = 0; i < 20; ++i) CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
  home.host("192.0.2.1").faults.not_authoritative = false;
  home.network.advance(10min);
  for (int i = 0; i < 40; ++i) CHECK(home.ask_and_wait("m" + std::to_string(i) + ".example.").records() == 1);
  CHECK(home.sent_to("192.0.2.1") > 5);
  CHECK(home.quiet());
}

TEST_CASE("a referral of another server goes before the parent's memory of the child") {
  IteratingHost home;
  home.serve("tld.", "", {"192.0.2.8", "192.0.2.9"});
  home.serve("example.tld.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  make_stale(home.host("192.0.2.8"));
  CHECK(test::got_address(home.ask_and_wait("www.example.tld."), "192.0.2.80"));
  CHECK(home.quiet());
}
