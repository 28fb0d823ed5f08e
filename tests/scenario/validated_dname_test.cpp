#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "tests/support/zone_with_dnames.hpp"

using namespace shirube;
using test::ZoneWithDnames;
using wire::Type;

TEST_CASE("the alias that a secure DNAME makes is secure, and its end is judged by itself") {
  ZoneWithDnames home;
  const auto& client = home.ask_and_wait("www.old.test");
  CHECK(test::secure(client));
  CHECK(test::has(client, Type::CNAME, "www.new.test."));
  CHECK(test::secure(home.ask_and_wait("www.old.test", Type::CNAME)));
  CHECK(test::secure(home.ask_and_wait("old.test", Type::DNAME)));
  CHECK(test::insecure(home.ask_and_wait("www.plain.test")));
}

TEST_CASE("a DNAME with a bad signature is bogus") {
  ZoneWithDnames home;
  home.spoil(home.test, "old.test", Type::DNAME, sim::bad_signature());
  const auto& client = home.ask_and_wait("www.old.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
  CHECK_THAT(test::reason(client), Catch::Contains("old.test. DNAME"));
}
