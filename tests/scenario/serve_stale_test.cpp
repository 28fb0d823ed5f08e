#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

TEST_CASE("an expired answer serves while the upstream is silent, after 1.8 s and marked as stale") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.ask_and_wait("www.example.");
  home.network.advance(301s);
  home.host(test::kFirst).faults.silent = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.records() == 1);
  CHECK(client.waited == 1800ms);
  CHECK(client.error() == wire::Ede::StaleAnswer);
  CHECK(client.got->answer.answer[0].ttl == cache::kStaleTtl);
  CHECK(home.quiet());
}

TEST_CASE("while the failure is remembered a stale answer comes at once and asks nobody") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.ask_and_wait("www.example.");
  home.network.advance(301s);
  home.host(test::kFirst).faults.refuses = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  const auto before = home.sent();
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.records() == 1);
  CHECK(client.waited == 0ms);
  CHECK(home.sent() == before);
}

TEST_CASE("a fresh answer in time is taken instead, and beyond the stale window there is none") {
  cache::CacheSettings settings;
  settings.serve_stale = wire::Seconds{60};
  ResolvingHost home({test::kFirst}, settings);
  home.world.add_zone("example.", test::kExampleZone);
  home.ask_and_wait("www.example.");
  home.network.advance(310s);
  CHECK(home.ask_and_wait("www.example.").got->answer.errors.empty());
  home.network.advance(400s);
  home.host(test::kFirst).faults.silent = true;
  CHECK(home.ask_and_wait("www.example.").servfail());
}
