#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

TEST_CASE("a referral from a forwarder is no answer: the next server is asked") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    ResolvingHost home({test::kFirst, test::kSecond}, {}, seed);
    const auto parent = home.world.add_zone(
        "example.", "@ 300 IN SOA a b 1 1 1 1 60\nchild 300 IN NS ns.child\nns.child 300 IN A 192.0.2.9\n");
    home.world.add_zone("child.example.", "@ 300 IN SOA a b 1 1 1 1 60\n@ 300 IN MX 10 mail\n");
    home.world.add_host(test::kFirst, sim::Role::Authority, {parent});
    const auto& client = home.ask_and_wait("child.example.", wire::Type::MX);
    CHECK(client.records() == 1);
    CHECK(home.quiet());
  }
}

TEST_CASE("where all send referrals it is SERVFAIL, never an empty NOERROR") {
  ResolvingHost home({test::kFirst});
  const auto parent =
      home.world.add_zone("example.", "@ 300 IN SOA a b 1 1 1 1 60\nchild 300 IN NS ns.child\n");
  home.world.add_host(test::kFirst, sim::Role::Authority, {parent});
  CHECK(home.ask_and_wait("child.example.", wire::Type::MX).servfail());
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(std::holds_alternative<upstream::Misbehaviour>(home.failures.seen[0].causes[0].complaint));
}
