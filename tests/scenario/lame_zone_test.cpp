#include <catch2/catch.hpp>

#include "tests/support/lame.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

TEST_CASE("a zone whose servers are all lame fails at once, and says which of them said what") {
  for (const auto how : test::kLame) {
    IteratingHost home;
    home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
    test::make_lame(home, how);
    const auto& client = home.ask_and_wait("www.example.");
    CHECK(client.servfail());
    CHECK(client.waited < 100ms);
    CHECK(client.error() == wire::Ede::NoReachableAuthority);
    REQUIRE(home.failures.seen.size() == 1);
    REQUIRE_FALSE(home.failures.seen[0].causes.empty());
    CHECK(home.failures.seen[0].causes[0].zone == wire::Name::literal("example."));
    CHECK(home.failures.seen[0].causes[0].server == *wire::Endpoint::parse("192.0.2.1:53"));
    CHECK(home.sent() <= 4);
    CHECK(home.quiet());
  }
}
