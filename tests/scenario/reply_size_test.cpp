#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"
#include "wire/query.hpp"

using namespace shirube;
using test::IteratingHost;
using upstream::Transport;

namespace {

[[nodiscard]] std::string texts(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += fmt::format("big 300 TXT \"{:03}{}\"\n", i, std::string(97, 'x'));
  return lines;
}

}  // namespace

TEST_CASE("authorities are told that a reply may have 1232 octets, so that none comes in fragments") {
  IteratingHost home;
  home.serve("example.", texts(10), {"192.0.2.1"});
  CHECK(home.ask_and_wait("big.example.", wire::Type::TXT).records() == 1);
  CHECK(home.sent() == 3);
  for (const auto& sent : home.network.sent()) {
    wire::QueryView query;
    wire::read_query(sent.query, query);
    REQUIRE(query.edns);
    CHECK(query.edns->udp_size == 1232);
    CHECK(sent.transport == Transport::Udp);
  }
  CHECK(home.quiet());
}

TEST_CASE("an answer that is larger comes over TCP, whole") {
  IteratingHost home;
  home.serve("example.", texts(12), {"192.0.2.1"});
  const auto& client = home.ask_and_wait("big.example.", wire::Type::TXT);
  REQUIRE(client.records() == 1);
  CHECK(client.got->answer.answer[0].rdatas.count() == 12);
  CHECK(home.sent() == 4);
  CHECK(home.network.sent().back().transport == Transport::Tcp);
  CHECK(home.quiet());
}

TEST_CASE("a large referral is read whole over TCP") {
  IteratingHost home;
  std::string servers;
  for (int i = 0; i < 40; ++i)
    servers += fmt::format("sub 300 NS server-{0:030}.sub\nserver-{0:030}.sub 300 A 192.0.2.2\n", i);
  home.serve("example.", servers, {"192.0.2.1"});
  home.world.serve("192.0.2.2", home.world.add_zone("sub.example.", "www 300 A 192.0.2.80\n"));
  CHECK(home.ask_and_wait("www.sub.example.").records() == 1);
  CHECK(home.sent() == 5);  // priming, root, example by UDP and by TCP, sub
  CHECK(home.network.sent()[3].transport == Transport::Tcp);
  CHECK(home.quiet());
}
