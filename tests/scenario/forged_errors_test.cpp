#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using test::ResolvingHost;

namespace {

// Replies of the right ID, port and letters that no resolver can read.
[[nodiscard]] wire::Bytes unreadable(wire::BytesView query, std::size_t kind) {
  auto reply =
      test::forge(query, test::saying({.answer = "www.example. 300 A 10.6.6.6\n"}), test::id_of(query));
  switch (kind) {
    case 0:
      reply.pop_back();  // the last record is cut
      break;
    case 1:
      reply[7] = 9;  // more answers are promised than there are
      break;
    case 2:
      reply[reply.size() - 5] = 3;  // three octets of an IPv4 address
      break;
    default:
      reply[reply.size() - 16] = 0xff;  // the owner points behind the message
      reply[reply.size() - 15] = 0xff;
  }
  return reply;
}

[[nodiscard]] sim::Forger forging_unreadable(std::size_t kind) {
  return [kind](wire::BytesView query) { return std::vector<wire::Bytes>{unreadable(query, kind)}; };
}

}  // namespace

TEST_CASE("a forged ICMP error does not end an exchange that is still in time") {
  for (const auto delay : {5ms, 190ms, 800ms}) {
    IteratingHost home;
    home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
    auto& server = home.host("192.0.2.1");
    server.faults.forged_icmp = true;
    server.link.delay = delay;
    for (int i = 0; i < 5; ++i)
      CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
    // The slowest is asked a second time before its speed is known.
    CHECK(home.sent_to("192.0.2.1") <= (delay > 400ms ? 6 : 5));
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a forged reply that cannot be read does not end an exchange that is still in time") {
  for (std::size_t kind = 0; kind < 4; ++kind) {
    INFO("kind " << kind);
    IteratingHost home;
    home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
    home.host("192.0.2.1").forger = forging_unreadable(kind);
    for (int i = 0; i < 5; ++i)
      CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
    CHECK(home.sent_to("192.0.2.1") == 5);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("the same holds for a forwarder") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", "* 300 A 192.0.2.80\n");
  home.host(test::kFirst).faults.forged_icmp = true;
  for (int i = 0; i < 5; ++i)
    CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
  CHECK(home.sent() == 5);
  CHECK(home.quiet());
}

TEST_CASE(
    "a server that always sends what cannot be read costs three packets, and its zone fails with that "
    "reason") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").forger = forging_unreadable(0);
  home.host("192.0.2.1").faults.silent = true;
  CHECK(home.ask_and_wait("www.example.").servfail());
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(to_text(home.failures.seen[0].causes[0]) == "192.0.2.1:53 of zone example. sent a malformed reply");
  CHECK(home.sent_to("192.0.2.1") == 3);
  CHECK(home.quiet());
}

TEST_CASE("a zone whose only host is dead fails within seconds, by three packets") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.refuses = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.servfail());
  CHECK(client.waited < 2'500ms);
  CHECK(home.sent_to("192.0.2.1") == 3);
  CHECK(home.quiet());
}

TEST_CASE("when TCP fails after a forged truncated reply, the server is asked over UDP again") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  auto& server = home.host("192.0.2.1");
  server.faults.no_tcp = true;
  server.forger = [forged = false](wire::BytesView query) mutable {
    if (std::exchange(forged, true)) return std::vector<wire::Bytes>{};
    auto reply = test::forge(query, {}, test::id_of(query));
    reply[2] |= 0x02;
    return std::vector<wire::Bytes>{reply};
  };
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
  CHECK(home.sent_to("192.0.2.1") == 3);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a forwarder whose first query was lost, and of which an ICMP error speaks then, is asked again") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", "* 300 A 192.0.2.80\n");
  auto& faults = home.host(test::kFirst).faults;
  faults.silent = true;
  const auto& client = home.ask("www.example.");
  home.network.advance(700ms);
  faults.silent = false;
  faults.refuses = true;
  home.network.advance(600ms);
  faults.refuses = false;
  home.network.advance(2s);
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited <= 2s);
  CHECK(home.sent_to(test::kFirst) <= 6);
  home.network.run();
  CHECK(home.quiet());
}
