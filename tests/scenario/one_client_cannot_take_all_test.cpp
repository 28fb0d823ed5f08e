// One client's flood of slow names costs that client's own answers, not another's; and a network whose
// address may be forged is sent a bounded burst.
// Source: "DNSBomb: A New Practical-and-Powerful Pulsing DoS Attack", IEEE S&P 2024; CVE-2024-33655.
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

// Each name has an answer of 1 kB.
const auto kBigAnswers = [] {
  const auto text = '"' + std::string(250, 'x') + '"';
  return "@ 300 IN SOA ns host 1 2 3 4 5\n@ 300 IN NS ns\n* 300 IN TXT " + text + ' ' + text + ' ' + text +
         ' ' + text + '\n';
}();
[[nodiscard]] wire::Bytes big_query(std::size_t number) {
  return test::query("n" + std::to_string(number) + ".big.org.",
                     {.type = wire::Type::TXT, .edns_size = 1232});
}
constexpr std::size_t kQuestions = 12'000;

struct Crowd final : server::ReplySink {
  ServingHost home;
  std::vector<wire::Header> replies;
  std::size_t octets = 0;  // of the replies that came later
  std::size_t waiting = 0;
  std::size_t at_once = 0;
  std::size_t silent = 0;

  Crowd() {
    home.world.add_zone("example.", test::kExampleZone);
    home.world.add_zone("big.org.", kBigAnswers);
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
    ask({from, 40'000}, test::query(name, {.id = id}));
  }
  void ask(const wire::Endpoint& from, const wire::Bytes& query,
           server::ClientTransport transport = server::ClientTransport::Udp) {
    wire::Bytes out(65535);
    server::ReplyPath path;
    path.sink = this;
    path.transport = transport;
    path.peer = from;
    switch (home.service.on_packet(query, path, out).handled) {
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
    octets += packet.size();
  }
  [[nodiscard]] std::size_t truncated() const {
    return static_cast<std::size_t>(std::ranges::count_if(replies, &wire::Header::tc));
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

TEST_CASE("12,000 questions from one network leave a bounded number of answers to wait, and few refusals") {
  Crowd crowd;
  crowd.allow("192.0.2.0/24");
  for (std::size_t i = 0; i < kQuestions; ++i) crowd.ask_slow(in_network(static_cast<std::uint8_t>(i)), 1);
  CHECK(crowd.waiting == server::kMaxPendingOfNetwork);
  CHECK(crowd.at_once >= server::kRefusalsPerSecond);
  CHECK(crowd.at_once <= server::kRefusalsPerSecond + kQuestions / server::kRefusalSlip);
  CHECK(crowd.silent == kQuestions - crowd.waiting - crowd.at_once);
}

TEST_CASE(
    "when the slow answers come, the replies to one network are a burst of 64 KiB, then 1 MB a second") {
  Crowd crowd;
  crowd.set_delay(1s);
  crowd.allow("192.0.2.0/24");
  crowd.allow("198.51.100.0/24");
  for (std::size_t i = 0; i < kQuestions; ++i)
    crowd.ask({in_network(static_cast<std::uint8_t>(i)), 40'000}, big_query(i));
  crowd.replies.clear();
  const auto whole = [&] { return crowd.replies.size() - crowd.truncated(); };
  crowd.home.network.advance(1990ms);
  REQUIRE(crowd.octets == 0);
  crowd.home.network.advance(1s);
  CHECK(crowd.octets <= server::kReplyBurst);
  CHECK(whole() > 40);
  CHECK(crowd.truncated() > 50);
  // The bucket is empty again, and it is the bucket of that network alone.
  crowd.set_delay(5ms);
  for (const auto& client : {in_network(1), wire::Address::v4(198, 51, 100, 1)}) {
    const auto before = whole();
    crowd.ask({client, 40'000}, big_query(kQuestions + client.bytes[0]));
    crowd.home.network.advance(100ms);
    CHECK(whole() == before + 1);
  }
}

TEST_CASE("programs of this host get all replies whole, however many come at once") {
  Crowd crowd;
  crowd.set_delay(1s);
  constexpr std::size_t kMany = 600;
  for (std::size_t i = 0; i < kMany; ++i) crowd.ask({kHonest, 40'000}, big_query(i));
  crowd.home.network.advance(4s);
  CHECK(crowd.replies.size() == kMany);
  CHECK(crowd.truncated() == 0);
}

TEST_CASE("a repeated query waits once, and equal questions of one network do not multiply the replies") {
  Crowd crowd;
  crowd.set_delay(1s);
  crowd.allow("192.0.2.0/24");
  constexpr std::size_t kTimes = 200;
  for (std::size_t i = 0; i < kTimes; ++i) crowd.ask({in_network(1), 40'000}, big_query(1));
  CHECK(crowd.waiting == 1);
  CHECK(crowd.silent == kTimes - 1);
  // Another ID or port is another query, up to a bound.
  for (std::size_t i = 0; i < kTimes; ++i)
    crowd.ask({in_network(static_cast<std::uint8_t>(i)), static_cast<std::uint16_t>(i + 1)}, big_query(1));
  CHECK(crowd.waiting == server::kMaxPendingOfQuestion);
  CHECK(crowd.at_once == 0);
  crowd.ask({in_network(1), 40'000}, big_query(2));
  CHECK(crowd.waiting == server::kMaxPendingOfQuestion + 1);
  crowd.home.network.advance(4s);
  CHECK(crowd.replies.size() == server::kMaxPendingOfQuestion + 1);
  // After that the places are free.
  crowd.ask({in_network(1), 40'000}, big_query(1));
  CHECK(crowd.at_once == 1);
  crowd.ask({in_network(1), 40'000}, big_query(3));
  CHECK(crowd.waiting == server::kMaxPendingOfQuestion + 2);
}

TEST_CASE("a program of this host that asks twice is answered twice") {
  Crowd crowd;
  crowd.set_delay(1s);
  for (int i = 0; i < 2; ++i) crowd.ask({kHonest, 40'000}, big_query(1));
  crowd.home.network.advance(4s);
  CHECK(crowd.replies.size() == 2);
}

TEST_CASE("forged UDP queries of a network do not lock out its TCP clients") {
  Crowd crowd;
  crowd.allow("192.0.2.0/24");
  for (std::size_t i = 0; i < kQuestions; ++i) crowd.ask({in_network(1), 40'000}, big_query(i));
  REQUIRE(crowd.waiting == server::kMaxPendingOfNetwork);
  crowd.ask({in_network(1), 40'001}, big_query(kQuestions), server::ClientTransport::Tcp);
  CHECK(crowd.waiting == server::kMaxPendingOfNetwork + 1);
}

TEST_CASE("strangers are refused a few times a second for each network, and now and then above that") {
  Crowd crowd;
  constexpr std::size_t kQueries = 1'000;
  for (std::size_t i = 0; i < kQueries; ++i) crowd.ask_slow(in_network(static_cast<std::uint8_t>(i)), 1);
  CHECK(crowd.waiting == 0);
  CHECK(crowd.at_once >= server::kRefusalsPerSecond);
  CHECK(crowd.at_once <= server::kRefusalsPerSecond + kQueries / server::kRefusalSlip);
  CHECK(crowd.silent + crowd.at_once == kQueries);
  const auto before = crowd.at_once;
  crowd.home.network.advance(2s);
  crowd.ask_slow(in_network(1), 1);
  CHECK(crowd.at_once == before + 1);
  CHECK(crowd.home.sent() == 0);
}
