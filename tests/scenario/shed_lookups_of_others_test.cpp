// A lookup that gives way because its client has most of them may have others waiting for it.
#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/serving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ServingHost;

namespace {

constexpr std::uint16_t kInnocentId = 99;
const auto kGreedy = wire::Address::v4(127, 0, 0, 2);
const auto kInnocent = wire::Address::v4(127, 0, 0, 1);

struct Bystander final : server::ReplySink {
  ServingHost home;
  std::vector<wire::Header> replies;

  Bystander() {
    home.world.add_zone("example.", test::kExampleZone);
    home.world.host(*wire::Endpoint::parse(test::kFirst))->link.delay = 1s;
  }
  void ask(const wire::Address& from, std::string_view name, std::uint16_t id) {
    wire::Bytes out(65535);
    server::ReplyPath path;
    path.sink = this;
    path.peer = {from, 40'000};
    const auto result = home.service.on_packet(test::query(name, {.id = id}), path, out);
    if (result.handled == server::Handled::Replied) replies.push_back(wire::read_header(out));
  }
  void send(const server::ReplyPath&, wire::BytesView packet) override {
    replies.push_back(wire::read_header(packet));
  }
  void abandon(const server::ReplyPath&) override {}
};

}  // namespace

TEST_CASE("a client that waits for the lookup of another is answered though that one is shed") {
  Bystander home;
  home.ask(kGreedy, "www.example.", 1);
  home.ask(kInnocent, "www.example.", kInnocentId);
  for (std::size_t i = 1; i < upstream::kMaxLookups; ++i)
    home.ask(kGreedy, "slow" + std::to_string(i) + ".example.", 2);
  REQUIRE(home.home.resolver.lookups_in_flight() == upstream::kMaxLookups);
  home.home.network.advance(100ms);
  home.ask(kInnocent, "mail.example.", 3);
  home.home.network.advance(4s);
  const auto mine = std::ranges::find(home.replies, kInnocentId, &wire::Header::id);
  REQUIRE(mine != home.replies.end());
  CHECK(mine->rcode_low == 0);
}
