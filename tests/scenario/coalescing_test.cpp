#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

TEST_CASE("the same question is in flight once, however many clients ask") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  std::vector<test::Client*> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(&home.ask(i % 2 == 0 ? "www.example." : "WWW.Example."));
  CHECK(home.quiet());
  for (const auto* client : clients) CHECK(client->records() == 1);
  CHECK(home.sent() == 1);
  CHECK(home.resolver.statistics().coalesced == 99);
}

TEST_CASE("another type, and another view, are other questions") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.ask("www.example.", wire::Type::A);
  home.ask("www.example.", wire::Type::AAAA);
  home.ask("www.example.", wire::Type::A, cache::View::Unchecked);
  CHECK(home.quiet());
  CHECK(home.sent() == 3);
  CHECK(home.resolver.statistics().coalesced == 0);
}
