#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// Zones of which each is served by a name in the next one, and the last by one in the first (TsuNAME).
void delegate_in_a_circle(IteratingHost& home, const std::vector<std::string>& zones) {
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const auto& next = zones[(i + 1) % zones.size()];
    home.world.zone(0).add(fmt::format("{} 300 NS ns.{}\n", zones[i], next));
  }
}

void expect_quick_failure(const test::Client& client) {
  CHECK(client.servfail());
  CHECK(client.error() == wire::Ede::NoReachableAuthority);
  CHECK(client.waited < 100ms);
}

}  // namespace

TEST_CASE("zones that can only be found by way of each other fail at once") {
  for (const auto& zones : {std::vector<std::string>{"a."}, {"a.", "b."}, {"a.", "b.", "c."}}) {
    IteratingHost home;
    delegate_in_a_circle(home, zones);
    expect_quick_failure(home.ask_and_wait("www.a."));
    CHECK(home.sent() <= 2 * zones.size() + 2);
    CHECK(home.quiet());
  }
}

TEST_CASE("clients who ask for both ends of a circle at once all have their failure at once") {
  IteratingHost home;
  delegate_in_a_circle(home, {"a.", "b."});
  std::vector<test::Client*> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(&home.ask(fmt::format("n{}.a.", i)));
    clients.push_back(&home.ask(fmt::format("n{}.b.", i)));
  }
  clients.push_back(&home.ask("ns.a."));
  clients.push_back(&home.ask("ns.b."));
  CHECK(home.quiet());
  for (const auto* client : clients) expect_quick_failure(*client);
  CHECK(home.sent() <= 30);
}
