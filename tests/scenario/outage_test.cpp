#include <catch2/catch.hpp>

#include "tests/support/zone_outage.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Outage;

TEST_CASE("an outage of ten minutes is forgotten within two seconds of its end") {
  Outage outage;
  auto& home = outage.home;
  for (int second = 0; second < 600; ++second) {
    static_cast<void>(home.ask("www.example."));
    home.network.advance(1s);
  }
  home.host("192.0.2.1").faults.silent = false;
  bool resolved = false;
  for (int i = 0; i < 8 && !resolved; ++i) {
    resolved = home.ask_and_wait("www.example.").records() == 1;
    home.network.advance(250ms);
  }
  CHECK(resolved);
  CHECK(home.ask_and_wait("other.example.").records() == 1);
  CHECK(home.quiet());
}

TEST_CASE("while a server is down it is probed by one query at a time, however many ask") {
  Outage outage;
  auto& home = outage.home;
  CHECK(home.ask_and_wait("first.example.").servfail());
  const auto before = home.sent();
  for (int i = 0; i < 200; ++i) static_cast<void>(home.ask("n" + std::to_string(i) + ".example."));
  home.network.advance(10s);
  CHECK(home.sent() - before <= 20);
  CHECK(home.quiet());
}
