// One of two forwarders is silent: the other's SERVFAIL is told at once, and the log learns of the death
// once.
#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::ResolvingHost;

namespace {

// The server answers SERVFAIL to names in fail.example., and truthfully to all others.
void fail_some(ResolvingHost& home, std::string_view server) {
  home.host(server).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(wire::Name::literal("fail.example."))) return std::nullopt;
    wire::Answer failed;
    failed.rcode = wire::Rcode::ServFail;
    return failed;
  };
}

[[nodiscard]] std::string numbered(std::string_view before, int number, std::string_view after) {
  return std::string(before) + std::to_string(number) + std::string(after);
}

// kFirst is silent and known to be, kSecond is alive.
struct HalfDead : ResolvingHost {
  explicit HalfDead(std::uint64_t with_seed) : ResolvingHost({test::kFirst, test::kSecond}, {}, with_seed) {
    world.add_zone("example.", test::kExampleZone);
    fail_some(*this, test::kSecond);
    host(test::kFirst).faults.silent = true;
    for (int i = 0; i < 40; ++i) {
      ask_and_wait(numbered("n", i, ".example."));
      network.advance(200ms);
    }
  }
};

}  // namespace

TEST_CASE("with one of two forwarders dead the SERVFAIL of the other comes at once") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    HalfDead home(seed);
    for (int i = 0; i < 20; ++i) {
      const auto before = home.sent();
      const auto& client = home.ask_and_wait(numbered("a", i, ".fail.example."));
      CAPTURE(seed, i, client.waited);
      CHECK(client.servfail());
      CHECK(client.waited <= 120ms);
      CHECK(home.sent() - before <= 3);
    }
    CHECK(home.quiet());
  }
}

TEST_CASE("a thousand SERVFAILs are not a thousand packets to the dead forwarder") {
  HalfDead home(1);
  const auto before = home.sent_to(test::kFirst);
  for (int i = 0; i < 1000; ++i) home.ask(numbered("a", i, ".fail.example."));
  home.network.advance(5s);
  CHECK(home.sent_to(test::kFirst) - before <= 30);
  CHECK(home.quiet());
}

TEST_CASE("the very first SERVFAIL waits for the other forwarder only until probes have found it dead") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    ResolvingHost home({test::kFirst, test::kSecond}, {}, seed);
    home.world.add_zone("example.", test::kExampleZone);
    fail_some(home, test::kSecond);
    home.host(test::kFirst).faults.silent = true;
    const auto& client = home.ask_and_wait("a.fail.example.");
    CAPTURE(seed, client.waited);
    CHECK(client.servfail());
    CHECK(client.waited <= 4s);
    CHECK(home.ask_and_wait("b.fail.example.").waited <= 120ms);
    CHECK(home.quiet());
    CHECK(home.failures.forwarders == std::vector<std::string>{"192.0.2.1:53 down"});
  }
}

TEST_CASE("a slow forwarder beside one that fails all is waited for") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    ResolvingHost home({test::kFirst, test::kSecond}, {}, seed);
    home.world.add_zone("example.", test::kExampleZone);
    home.host(test::kSecond).faults.servfail = true;
    home.host(test::kFirst).link.delay = 750ms;
    for (int i = 0; i < 10; ++i) {
      const auto& client = home.ask_and_wait(numbered("n", i, ".example."));
      CAPTURE(seed, i, client.waited);
      CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
    }
    CHECK(home.failures.forwarders.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a dead forwarder is reported once, and its return once") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    HalfDead home(seed);
    CAPTURE(seed);
    CHECK(home.failures.forwarders == std::vector<std::string>{"192.0.2.1:53 down"});
    home.host(test::kFirst).faults.silent = false;
    for (int i = 0; i < 100; ++i) {
      home.ask_and_wait(numbered("m", i, ".example."));
      home.network.advance(1s);
    }
    CHECK(home.failures.forwarders == std::vector<std::string>{"192.0.2.1:53 down", "192.0.2.1:53 up"});
    CHECK(home.quiet());
  }
}

TEST_CASE(
    "the only forwarder is told as dead as well, silent or refusing, and nothing is sent without clients") {
  for (const bool refuses : {false, true}) {
    ResolvingHost home({test::kFirst});
    home.world.add_zone("example.", test::kExampleZone);
    (refuses ? home.host(test::kFirst).faults.refuses : home.host(test::kFirst).faults.silent) = true;
    for (int i = 0; i < 5; ++i) home.ask_and_wait(numbered("n", i, ".example."));
    CHECK(home.quiet());
    CHECK(home.failures.forwarders == std::vector<std::string>{"192.0.2.1:53 down"});
    const auto before = home.sent();
    home.network.advance(1h);
    CHECK(home.sent() == before);
    home.host(test::kFirst).faults = {};
    CHECK(home.ask_and_wait("www.example.").records() == 1);
    CHECK(home.failures.forwarders.size() == 2);
  }
}

TEST_CASE("forwarders that lose some packets are not reported as dead") {
  ResolvingHost home({test::kFirst, test::kSecond});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).link.loss = 0.1;
  home.host(test::kSecond).link.loss = 0.1;
  for (int i = 0; i < 500; ++i) {
    home.ask_and_wait(numbered("n", i, ".example."));
    home.network.advance(100ms);
  }
  CHECK(home.failures.forwarders.size() <= 2);
}
