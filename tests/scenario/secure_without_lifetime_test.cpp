#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("answers with a TTL of zero are validated each time, and authentic") {
  test::SignedHost home;
  const auto zone =
      home.serve_signed("test", "www 0 A 192.0.2.80\nto 0 CNAME www\n*.wild 0 A 192.0.2.81\n", {"192.0.2.1"});
  for (const auto* name : {"www.test", "to.test", "x.wild.test"}) {
    for (int i = 0; i < 2; ++i) {
      const auto& client = home.ask_and_wait(name);
      CAPTURE(name, i, test::reason(client));
      CHECK(test::secure(client));
      home.network.advance(std::chrono::seconds{1});
    }
  }
  home.spoil(zone, "www.test", Type::A, sim::bad_signature());
  CHECK(test::fails_with(home.ask_and_wait("www.test"), wire::Ede::DnssecBogus));
  CHECK(test::fails_with(home.ask_and_wait("to.test"), wire::Ede::DnssecBogus));
}
