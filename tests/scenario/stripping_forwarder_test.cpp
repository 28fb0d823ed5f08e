#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "tests/support/validating_forwarder.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("by way of a recursor that strips signatures nothing is answered, and the reason says why") {
  test::ValidatingForwarder home({test::kFirst});
  home.strip(test::kFirst);
  for (const auto* name : {"www.example", "none.example", "www.plain"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::fails_with(client, wire::Ede::RrsigsMissing));
    CHECK_THAT(test::reason(client), Catch::Contains("no signature over . DNSKEY"));
    CHECK(client.records() == 0);
    REQUIRE_FALSE(home.failures.seen.empty());
    CHECK(upstream::advice(home.failures.seen.back()) ==
          "this forwarder removes DNSSEC signatures: use another one, or set dnssec.validate = false");
  }
}

TEST_CASE("of two recursors the one that passes signatures on is found") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    test::ValidatingForwarder home({test::kFirst, test::kSecond}, seed);
    home.strip(test::kFirst);
    const auto& client = home.ask_and_wait("www.example");
    CAPTURE(seed, test::reason(client));
    CHECK(test::secure(client));
    CHECK(home.ask_and_wait("none.example").got->answer.authentic);
    CHECK(test::insecure(home.ask_and_wait("www.plain")));
  }
}
