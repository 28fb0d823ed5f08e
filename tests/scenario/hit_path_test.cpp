// A cache hit: nothing is allocated, nobody is asked, and only ID, flags, case and TTLs differ from the first
// reply.
#include <catch2/catch.hpp>

#include "tests/support/counted_allocations.hpp"
#include "tests/support/serving_host.hpp"

using namespace shirube;
using test::ServingHost;

TEST_CASE("a hit allocates nothing and asks nobody") {
  ServingHost home;
  home.world.add_zone("example.", test::kExampleZone);
  REQUIRE(home.ask(test::query("www.example.", {.edns_size = 1232})).size() > 40);
  const auto asked = home.sent();
  const auto query = test::query("wwW.Example.", {.edns_size = 1232});
  wire::Bytes out(65535);
  server::ReplyPath path;
  path.sink = &home;
  path.peer = {wire::Address::v4(127, 0, 0, 1), 40'000};
  const auto before = test::allocations.load();
  const auto handled = home.service.on_packet(query, path, out);
  CHECK(test::allocations.load() == before);
  CHECK(handled.handled == server::Handled::Replied);
  CHECK(home.sent() == asked);
  CHECK(home.service.statistics().hits == 1);
}

TEST_CASE("a hit has the client's ID and case, and an aged TTL") {
  ServingHost home;
  home.world.add_zone("example.", test::kExampleZone);
  home.ask(test::query("www.example."));
  home.network.advance(std::chrono::seconds{100});
  const auto reply = home.ask(test::query("wwW.example.", {.id = 99}));
  const auto message = wire::MessageView::parse(reply);
  REQUIRE(message.has_value());
  CHECK(message->header().id == 99);
  CHECK(message->question()->name.same_case_as(wire::Name::literal("wwW.example.")));
  CHECK(message->begin()->ttl == 200);
  CHECK(home.sent() == 1);
}

TEST_CASE("new settings void the finished packets, but not the truth") {
  ServingHost home;
  home.world.add_zone("example.", test::kExampleZone);
  home.ask(test::query("www.example."));
  home.service.set_serving(home.serving, std::size_t{1} << 20);
  CHECK_FALSE(home.ask(test::query("www.example.")).empty());
  CHECK(home.service.statistics().hits == 0);
  CHECK(home.sent() == 1);
}
