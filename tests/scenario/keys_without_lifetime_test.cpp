// Keys with a TTL of 0 are fetched once for the lookups that wait for them at the same time.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;

TEST_CASE("lookups at the same time share keys with a TTL of zero") {
  constexpr std::string_view kServer = "192.0.2.1";
  constexpr std::size_t kLookups = 20;
  test::SignedHost home;
  home.serve_signed("test", "@ 0 SOA a b 1 1 1 1 0\n*.wild 0 A 192.0.2.81\n", {kServer});
  home.host(kServer).link.delay = 50ms;
  CHECK(test::secure(home.ask_and_wait("first.wild.test")));
  home.network.advance(10s);
  const auto before = home.sent_to(kServer);
  std::vector<const test::Client*> clients;
  for (std::size_t i = 0; i < kLookups; ++i) clients.push_back(&home.ask(fmt::format("n{}.wild.test", i)));
  home.network.run();
  for (const auto* client : clients) {
    CHECK(test::secure(*client));
    CHECK(client->waited < 1s);
  }
  // One question a name, and the keys.
  CHECK(home.sent_to(kServer) - before <= kLookups + 3);
  CHECK(home.quiet());
}
