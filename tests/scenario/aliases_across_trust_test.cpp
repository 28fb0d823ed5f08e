#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Ede;

namespace {

// secure.test and bogus.test are signed, the latter by keys that its DS does not name; plain.test is not.
// Each has an alias to each.
struct Zones : test::SignedHost {
  static constexpr std::string_view kText =
      "www 300 A 192.0.2.80\nto-secure 300 CNAME www.secure.test.\nto-plain 300 CNAME www.plain.test.\n"
      "to-bogus 300 CNAME www.bogus.test.\nlong 300 CNAME to-plain.secure.test.\n"
      "back 300 CNAME to-secure.plain.test.\n";
  Zones() {
    serve_signed("test", "", {"192.0.2.1"});
    serve_signed("secure.test", kText, {"192.0.2.2"});
    serve("plain.test", kText, {"192.0.2.3"});
    const auto bogus = serve_signed("bogus.test", kText, {"192.0.2.4"});
    world.zone(bogus).sign({.generation = 1});
  }
};

}  // namespace

TEST_CASE("an answer is as authentic as the weakest link of its chain") {
  Zones home;
  CHECK(test::secure(home.ask_and_wait("to-secure.secure.test")));
  for (const auto* name : {"to-plain.secure.test", "to-secure.plain.test", "long.secure.test",
                           "back.secure.test", "long.plain.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::insecure(client));
    CHECK(test::has(client, wire::Type::A, "192.0.2.80"));
  }
}

TEST_CASE("each part keeps its own standing in the cache") {
  Zones home;
  CHECK(test::insecure(home.ask_and_wait("to-secure.plain.test")));
  CHECK(test::secure(home.ask_and_wait("www.secure.test")));
  CHECK(test::insecure(home.ask_and_wait("to-plain.secure.test")));
  CHECK(test::secure(home.ask_and_wait("to-plain.secure.test", wire::Type::CNAME)));
}

TEST_CASE("a chain that leads to bogus data fails as a whole, with the zone that is bogus as the reason") {
  Zones home;
  for (const auto* name : {"to-bogus.secure.test", "to-bogus.plain.test", "to-secure.bogus.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::fails_with(client, Ede::DnskeyMissing));
    CHECK_THAT(test::reason(client), Catch::Contains("bogus.test."));
  }
}
