// A question is in flight once to the servers of a zone, whichever lookups, views and purposes want it.
#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using wire::Type;

namespace {

constexpr int kCrowd = 1'000;

// The questions to a host, with their number.
struct Heard {
  explicit Heard(sim::Host& host) {
    host.script = [this](const wire::Question& question) -> std::optional<wire::Answer> {
      auto name = question.name.text();
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
      ++times[fmt::format("{} {}", name, static_cast<int>(question.type))];
      return std::nullopt;
    };
  }
  [[nodiscard]] int most() const {
    int most = 0;
    for (const auto& [question, count] : times) most = std::max(most, count);
    return most;
  }
  std::map<std::string, int> times;
};

// A parent that takes 1.2 s, and a zone below it.
struct SlowParent : IteratingHost {
  SlowParent() {
    serve("tld.", "", {"192.0.2.1"});
    serve("shop.tld.", "* 300 A 192.0.2.80\n", {"192.0.2.2"});
    host("192.0.2.1").link.delay = 600ms;
  }
};

}  // namespace

TEST_CASE("a thousand lookups below a slow parent ask it one question") {
  SlowParent home;
  Heard heard(home.host("192.0.2.1"));
  for (int i = 0; i < kCrowd; ++i) home.ask(fmt::format("n{}.shop.tld.", i));
  CHECK(home.quiet());
  // The question, its repetitions while there is no reply, and the question whether the server lives.
  CHECK(heard.times.size() <= 2);
  CHECK(heard.most() <= 3);
  CHECK(heard.times.contains("shop.tld. 1"));
  CHECK(home.sent_to("192.0.2.2") == kCrowd);
  CHECK(home.failures.seen.empty());
}

TEST_CASE("a slow parent sees no whole name, whether its speed is known or not") {
  for (const auto delay : {400ms, 700ms}) {
    for (const bool known : {false, true}) {
      SlowParent home;
      home.host("192.0.2.1").link.delay = 5ms;
      if (known) CHECK(home.ask_and_wait("tld.", Type::SOA).records() == 1);
      home.host("192.0.2.1").link.delay = delay;
      Heard heard(home.host("192.0.2.1"));
      CHECK(home.ask_and_wait("www.shop.tld.").records() == 1);
      CHECK_FALSE(heard.times.contains("www.shop.tld. 1"));
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("aliases of many names with one end ask for it once") {
  IteratingHost home;
  std::string aliases;
  for (int i = 0; i < kCrowd; ++i) aliases += fmt::format("a{} 300 CNAME www.slow.\n", i);
  home.serve("many.", aliases, {"192.0.2.1"});
  home.serve("slow.", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  CHECK(home.ask_and_wait("slow.", Type::SOA).records() == 1);
  home.host("192.0.2.2").link.delay = 600ms;
  Heard heard(home.host("192.0.2.2"));
  for (int i = 0; i < kCrowd; ++i) home.ask(fmt::format("a{}.many.", i));
  CHECK(home.quiet());
  CHECK(heard.most() <= 8);  // repetitions: the server was quick before
  CHECK(home.failures.seen.empty());
}

TEST_CASE("a client's question, one of CD and the look for a server's address are one question") {
  IteratingHost home;
  home.serve("hoster.", "away 300 A 192.0.2.9\n", {"192.0.2.1"});
  home.serve("shop.", "@ 300 NS away.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.9"});
  CHECK(home.ask_and_wait("hoster.", Type::SOA).records() == 1);
  Heard heard(home.host("192.0.2.1"));
  home.ask("away.hoster.");
  home.ask("away.hoster.", Type::A, cache::View::Unchecked);
  home.ask("www.shop.");
  CHECK(home.quiet());
  CHECK(heard.times["away.hoster. 1"] == 1);
  CHECK(home.failures.seen.empty());
}

TEST_CASE("a server that is asked in vain is asked by one lookup at a time") {
  SlowParent home;
  home.host("192.0.2.1").faults.silent = true;
  for (int i = 0; i < kCrowd; ++i) home.ask(fmt::format("n{}.shop.tld.", i));
  CHECK(home.quiet());
  CHECK(home.sent_to("192.0.2.1") <= 40);
}

TEST_CASE("forwarders, too, get an alias's end once") {
  test::ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", "www 300 A 192.0.2.80\n");
  auto& forwarder = home.host(test::kFirst);
  forwarder.link.delay = 300ms;
  int asked_for_end = 0;
  forwarder.script = [&](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.name == wire::Name::literal("www.example.")) {
      ++asked_for_end;
      return std::nullopt;
    }
    wire::Answer answer;
    wire::RRset alias{.owner = question.name, .type = Type::CNAME, .ttl = 300};
    const auto end = wire::Name::literal("www.example.");
    alias.rdatas.add(end.wire());
    answer.answer.push_back(std::move(alias));
    return answer;
  };
  for (int i = 0; i < 100; ++i) home.ask(fmt::format("a{}.example.", i));
  CHECK(home.quiet());
  CHECK(asked_for_end == 1);
}

TEST_CASE("a lookup that runs out of packets does not spoil the question for those who wait with it") {
  SlowParent home;
  home.host("192.0.2.1").link.delay = 300ms;
  const auto spent = std::make_shared<upstream::QueryEffort>();
  spent->supplies.packets_left = 2;  // for the root
  std::optional<cache::CachedAnswer> poor;
  const auto ask = [](IteratingHost* host, upstream::EffortPtr effort,
                      std::optional<cache::CachedAnswer>* got) -> upstream::Task<void> {
    const wire::Question question{wire::Name::literal("poor.shop.tld."), Type::A};
    const auto deadline = host->network.now() + 10s;
    upstream::Share share{std::move(effort), upstream::Part::Beside};
    auto answer = host->resolver.resolve(question, cache::View::Checked, deadline, std::move(share));
    got->emplace(co_await answer);
  };
  home.clients.spawn(ask(&home, spent, &poor));
  std::vector<test::Client*> rich;
  for (int i = 0; i < 50; ++i) rich.push_back(&home.ask(fmt::format("n{}.shop.tld.", i)));
  CHECK(home.quiet());
  REQUIRE(poor);
  CHECK(poor->answer.rcode == wire::Rcode::ServFail);
  for (const auto* client : rich) CHECK(client->records() == 1);
  CHECK(home.ask_and_wait("poor.shop.tld.").records() == 1);
}
