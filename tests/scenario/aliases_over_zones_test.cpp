#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Type;

TEST_CASE("an alias into another zone is followed there, though its server claims to know better") {
  IteratingHost home;
  home.serve("example.", "www 300 CNAME www.cdn.\n", {"192.0.2.1"});
  home.serve("cdn.", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  // One server for both zones would answer the whole chain; only its own zone's part is believed.
  home.world.serve("192.0.2.1",
                   home.world.add_zone("cdn.", "@ 300 SOA a b 1 1 1 1 60\nwww 300 A 10.6.6.6\n"));
  const auto& client = home.ask_and_wait("www.example.");
  REQUIRE(client.records() == 2);
  CHECK(client.got->answer.answer[1].rdatas.contains(std::array<std::uint8_t, 4>{192, 0, 2, 80}));
  CHECK(home.sent() == 5);
  CHECK(home.ask_and_wait("www.cdn.").records() == 1);
  CHECK(home.sent() == 5);
  CHECK(home.quiet());
}

TEST_CASE("a DNAME leads whole subtrees into another zone, and goes along with the alias that it makes") {
  IteratingHost home;
  home.serve("example.", "old 300 DNAME new.test.\n", {"192.0.2.1"});
  home.serve("test.", "www.new 300 A 192.0.2.80\n", {"192.0.2.2"});
  for (int time = 0; time < 2; ++time) {  // from the servers, then from the cache
    const auto& client = home.ask_and_wait("www.old.example.");
    REQUIRE(client.records() == 3);
    CHECK(client.got->answer.answer[0].type == Type::DNAME);
    CHECK(client.got->answer.answer[1].type == Type::CNAME);
    CHECK(client.got->answer.answer[2].owner == wire::Name::literal("www.new.test."));
  }
  CHECK(home.sent() == 7);  // priming; root, old.example, www.old.example; root, new.test, www.new.test
  CHECK(home.quiet());
}

TEST_CASE("an alias to a name that does not exist is NXDOMAIN with the alias") {
  IteratingHost home;
  home.serve("example.", "www 300 CNAME gone.test.\n", {"192.0.2.1"});
  home.serve("test.", "", {"192.0.2.2"});
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(client.records() == 1);
  CHECK(client.got->answer.authority.size() == 1);
  CHECK(home.quiet());
}
