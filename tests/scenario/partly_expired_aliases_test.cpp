#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

struct Zones : test::SignedHost {
  const std::size_t zone = serve_signed(
      "test", "to 900 CNAME www\nwww 60 A 192.0.2.80\nold 900 DNAME new\nwww.new 60 A 192.0.2.81\n",
      {"192.0.2.1"});
};

}  // namespace

TEST_CASE("an alias from memory and a fresh end are secure together") {
  Zones home;
  for (const auto* name : {"to.test", "www.old.test"}) {
    CAPTURE(name);
    CHECK(test::secure(home.ask_and_wait(name)));
    home.network.advance(61s);
    const auto& again = home.ask_and_wait(name);
    CHECK(test::secure(again));
    CHECK(again.records() >= 2);
  }
}

TEST_CASE("an alias from memory does not help an end that has become bogus") {
  Zones home;
  CHECK(test::secure(home.ask_and_wait("to.test")));
  home.network.advance(61s);
  home.spoil(home.zone, "www.test", Type::A, sim::bad_signature());
  const auto& client = home.ask_and_wait("to.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
  CHECK_THAT(test::reason(client), Catch::Contains("www.test. A"));
}
