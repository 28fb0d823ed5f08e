#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

struct Outage {
  Outage() {
    home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
    REQUIRE(home.ask_and_wait("before.example.").records() == 1);
    home.host("192.0.2.1").faults.silent = true;
  }
  IteratingHost home;
};

}  // namespace

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
