#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

TEST_CASE("what is asked in the last tenth of its life is renewed behind the client's back") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.ask_and_wait("www.example.");
  home.network.advance(260s);
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent() == 1);
  home.network.advance(20s);
  const auto& hot = home.ask_and_wait("www.example.");
  CHECK(hot.waited == 0ms);
  CHECK(home.quiet());
  CHECK(home.sent() == 2);
  home.network.advance(100s);
  CHECK(home.ask_and_wait("www.example.").waited == 0ms);
  CHECK(home.sent() == 2);
  CHECK(home.resolver.statistics().prefetches == 1);
}

TEST_CASE("without prefetch it expires") {
  cache::CacheSettings settings;
  settings.prefetch = false;
  ResolvingHost home({test::kFirst}, settings);
  home.world.add_zone("example.", test::kExampleZone);
  home.ask_and_wait("www.example.");
  home.network.advance(280s);
  home.ask_and_wait("www.example.");
  CHECK(home.quiet());
  CHECK(home.sent() == 1);
}
