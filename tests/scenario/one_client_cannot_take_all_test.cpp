// One client's flood of slow names costs that client's own answers, not another's; and a network whose
// address may be forged is sent a bounded burst.
#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/serving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using server::Handled;
using test::ServingHost;

namespace {

const auto kFlooding = wire::Address::v4(127, 0, 0, 2);
const auto kHonest = wire::Address::v4(127, 0, 0, 1);

[[nodiscard]] wire::Address in_network(std::uint8_t host) { return wire::Address::v4(192, 0, 2, host); }

struct Crowd final : server::ReplySink {
  ServingHost home;
  std::vector<wire::Header> replies;
  std::size_t waiting = 0;
  std::size_t at_once = 0;
  std::size_t silent = 0;

  Crowd() {
    home.world.add_zone("example.", test::kExampleZone);
    set_delay(3s);
  }
  void set_delay(wire::Duration delay) {
    home.world.host(*wire::Endpoint::parse(test::kFirst))->link.delay = delay;
  }
  void allow(std::string_view prefix) {
    auto settings = std::make_shared<conf::Settings>(*home.serving->settings);
    settings->policy.allow.push_back(*wire::Prefix::parse(prefix));
    home.serving = server::make_serving(settings, false);
    home.service.set_serving(home.serving, std::size_t{1} << 20);
  }
  void ask(const wire::Address& from, std::string_view name, std::uint16_t id) {
    wire::Bytes out(65535);
    server::ReplyPath path;
    path.sink = this;
    path.peer = {from, 40'000};
    switch (home.service.on_packet(test::query(name, {.id = id}), path, out).handled) {
      case Handled::Later:
        ++waiting;
        break;
      case Handled::Replied:
        ++at_once;
        replies.push_back(wire::read_header(out));
        break;
      case Handled::Silent:
        ++silent;
    }
  }
  void ask_slow(const wire::Address& from, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) ask(from, "slow" + std::to_string(next_++) + ".example.", 1);
  }
  void send(const server::ReplyPath&, wire::BytesView packet) override {
    replies.push_back(wire::read_header(packet));
  }
  void abandon(const server::ReplyPath&) override {}

 private:
  std::size_t next_ = 0;
};

constexpr std::uint16_t kHonestId = 77;
[[nodiscard]] std::ptrdiff_t answered(const Crowd& crowd) {
  return std::ranges::count_if(
      crowd.replies, [](const auto& reply) { return reply.id == kHonestId && reply.rcode_low == 0; });
}

}  // namespace

TEST_CASE("names of another client are answered while one client's slow names fill every lookup") {
  Crowd crowd;
  crowd.ask_slow(kFlooding, upstream::kMaxLookups);
  REQUIRE(crowd.home.resolver.lookups_in_flight() == upstream::kMaxLookups);
  crowd.set_delay(5ms);
  constexpr int kRounds = 20;
  for (int i = 0; i < kRounds; ++i) {
    crowd.ask(kHonest, "www.example.", kHonestId);
    crowd.ask_slow(kFlooding, 10);
    crowd.home.network.advance(50ms);
  }
  CHECK(answered(crowd) == kRounds);
  CHECK(crowd.home.resolver.lookups_in_flight() <= upstream::kMaxLookups);
}

TEST_CASE("one client of this host gets half of the places for waiting queries, and others find room") {
  Crowd crowd;
  crowd.ask_slow(kFlooding, server::kMaxPendingQueries);
  CHECK(crowd.home.service.pending() <= server::kMaxPendingQueries / 2);
  const auto before = crowd.at_once;
  crowd.ask_slow(kHonest, 100);
  CHECK(crowd.at_once == before);
}

TEST_CASE("12,000 questions from one network leave a bounded number of answers to wait for it") {
  Crowd crowd;
  crowd.allow("192.0.2.0/24");
  constexpr std::size_t kQuestions = 12'000;
  for (std::size_t i = 0; i < kQuestions; ++i) crowd.ask_slow(in_network(static_cast<std::uint8_t>(i)), 1);
  CHECK(crowd.waiting == server::kMaxPendingOfNetwork);
  CHECK(crowd.at_once == kQuestions - server::kMaxPendingOfNetwork);
}

TEST_CASE("strangers are refused a few times a second for each network, and now and then above that") {
  Crowd crowd;
  constexpr std::size_t kQuestions = 1'000;
  for (std::size_t i = 0; i < kQuestions; ++i) crowd.ask_slow(in_network(static_cast<std::uint8_t>(i)), 1);
  CHECK(crowd.waiting == 0);
  CHECK(crowd.at_once >= server::kRefusalsPerSecond);
  CHECK(crowd.at_once <= server::kRefusalsPerSecond + kQuestions / server::kRefusalSlip);
  CHECK(crowd.silent + crowd.at_once == kQuestions);
  const auto before = crowd.at_once;
  crowd.home.network.advance(2s);
  crowd.ask_slow(in_network(1), 1);
  CHECK(crowd.at_once == before + 1);
  CHECK(crowd.home.sent() == 0);
}
