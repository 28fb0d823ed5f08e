#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// All ways of not serving a zone that one should serve.
constexpr bool sim::Faults::* kLame[] = {&sim::Faults::lame, &sim::Faults::upward_referral,
                                         &sim::Faults::not_authoritative, &sim::Faults::notimp};

// The first server is lame in one of these ways; upward referrals come from servers without the zone.
void make_lame(IteratingHost& home, bool sim::Faults::* how) {
  auto& host = home.host("192.0.2.1");
  host.faults.*how = true;
  if (how == &sim::Faults::upward_referral) host.zones.clear();
}

}  // namespace

TEST_CASE("a zone whose servers are all lame fails at once, and says which of them said what") {
  for (const auto how : kLame) {
    IteratingHost home;
    home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
    make_lame(home, how);
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
