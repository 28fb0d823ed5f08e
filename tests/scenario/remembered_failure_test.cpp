#include <catch2/catch.hpp>

#include "tests/support/zone_outage.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Outage;

TEST_CASE("a client is told of a remembered failure at once, or as soon as a probe has had its chance") {
  Outage outage;
  auto& home = outage.home;
  CHECK(home.ask_and_wait("www.example.").servfail());
  home.network.advance(10s);
  CHECK(home.ask_and_wait("www.example.").servfail());
  home.network.advance(500ms);
  CHECK(home.ask_and_wait("www.example.").waited == 0ms);
  home.network.advance(1s);
  const auto& again = home.ask_and_wait("www.example.");
  CHECK(again.servfail());
  CHECK(again.waited == upstream::kProbeWait);
  CHECK(home.quiet());
}
