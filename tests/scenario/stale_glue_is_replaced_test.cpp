#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"
#include "tests/support/query_maker.hpp"
#include "tests/support/stale_glue.hpp"
#include "upstream/server_addresses.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::Delegated;
using test::IteratingHost;

namespace {

using test::kOldAddress;
using test::serve_stale_glue;

}  // namespace

TEST_CASE("stale glue that refuses is replaced by what the server's own zone says, at once") {
  for (const auto how : {&sim::Faults::lame, &sim::Faults::refuses, &sim::Faults::servfail}) {
    IteratingHost home;
    serve_stale_glue(home, how);
    const auto& client = home.ask_and_wait("www.shop.");
    CHECK(client.records() == 1);
    CHECK(client.waited < 500ms);
    CHECK(home.sent_to("192.0.2.9") <= 2);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("stale glue that is silent is replaced before the client gives up, and not asked first again") {
  IteratingHost home;
  serve_stale_glue(home, &sim::Faults::silent);
  const auto& client = home.ask_and_wait("www.shop.");
  CHECK(client.records() == 1);
  CHECK(client.waited < 2s);
  home.network.run();
  const auto before = home.sent_to(kOldAddress);
  for (int i = 0; i < 20; ++i) {
    const auto& next = home.ask_and_wait("n" + std::to_string(i) + ".shop.");
    CHECK(next.records() == 1);
    CHECK(next.waited < 100ms);
  }
  CHECK(home.sent_to(kOldAddress) == before);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("glue that works is never doubted, even when a packet is lost") {
  IteratingHost home;
  home.serve("hoster.", "ns1 300 A 192.0.2.1\n@ 300 NS dns\ndns 300 A 192.0.2.9\n", {"192.0.2.9"});
  home.world.zone(0).add("shop. 300 NS ns1.hoster.\nns1.hoster. 300 A 192.0.2.1\n");
  home.serve("shop.", "@ 300 NS ns1.hoster.\n* 300 A 192.0.2.80\n", {kOldAddress}, Delegated::No);
  home.host(kOldAddress).link.loss = 0.1;
  for (int i = 0; i < 20; ++i) CHECK(home.ask_and_wait("n" + std::to_string(i) + ".shop.").records() == 1);
  CHECK(home.sent_to("192.0.2.9") <= 2);
  CHECK(home.quiet());
}

TEST_CASE("when the servers' own zone says the same, nothing is asked twice") {
  IteratingHost home;
  serve_stale_glue(home, &sim::Faults::lame);
  home.world.zone(1).put(test::record("ns1.hoster. 300 IN A 192.0.2.1"));
  CHECK(home.ask_and_wait("www.shop.").servfail());
  CHECK(home.sent_to(kOldAddress) <= 2);
  CHECK(home.sent_to("192.0.2.9") <= 2);
  CHECK(home.quiet());
}

TEST_CASE("stale glue of one family gives way to an address of the other") {
  IteratingHost home;
  serve_stale_glue(home, &sim::Faults::lame);
  home.world.zone(1).put(test::record("ns1.hoster. 300 IN A 192.0.2.1"));
  home.world.zone(1).add("ns1 300 AAAA 2001:db8::2\n");
  home.world.serve("[2001:db8::2]", 2);
  CHECK(home.ask_and_wait("www.shop.").records() == 1);
  CHECK(home.quiet());
}

TEST_CASE("a zone of one silent server in itself is not looked up by way of that server") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.lame = true;
  CHECK(home.ask_and_wait("www.example.").servfail());
  CHECK(home.sent_to("192.0.2.1") <= 2);
  CHECK(home.quiet());
}

TEST_CASE("dead glue of many servers makes few lookups in their zones") {
  IteratingHost home;
  home.serve("victim.", "@ 300 NS dns\ndns 300 A 192.0.2.9\n", {"192.0.2.9"});
  for (int i = 0; i < 13; ++i) {
    const auto name = "n" + std::to_string(i) + ".victim.";
    home.world.zone(0).add("evil. 300 NS " + name + "\n" + name + " 300 A 192.0.2.1\n");
  }
  home.world.add_host(kOldAddress, sim::Role::Authority);
  home.host(kOldAddress).faults.lame = true;
  CHECK(home.ask_and_wait("www.evil.").servfail());
  home.network.run();
  CHECK(home.sent_to("192.0.2.9") <= upstream::kMaxOwnLookups);
  CHECK(home.quiet());
}
