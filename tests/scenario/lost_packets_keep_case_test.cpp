// Loss does not depend on case: lost packets do not switch the random case off.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kLossy = "192.0.2.1";

[[nodiscard]] std::string lossy_name(int number) {
  return fmt::format("some-quite-long-name-with-letters-{}.example.", number);
}

[[nodiscard]] bool was_mixed(const sim::SimulatedNetwork::Sent& sent) {
  return std::ranges::any_of(wire::BytesView(sent.query).subspan(wire::kHeaderSize),
                             [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
}

// The first packet of a question is lost, and all later ones arrive.
void ask_with_first_lost(IteratingHost& home, int number) {
  home.host(kLossy).link.loss = 1.0;
  const auto& client = home.ask(lossy_name(number));
  home.network.advance(15ms);
  home.host(kLossy).link.loss = 0;
  home.network.run_until([&] { return client.got.has_value(); });
  CHECK(client.got->answer.rcode != wire::Rcode::ServFail);
}

}  // namespace

TEST_CASE("lost packets before a server's first data do not switch the random case off") {
  const bool has_data = GENERATE(true, false);
  IteratingHost home;
  home.serve("example.", has_data ? "* 300 A 192.0.2.80\n" : "", {kLossy});
  home.host(kLossy).faults.no_tcp = true;
  CHECK(home.ask_and_wait("example.", wire::Type::SOA).records() == 1);
  for (int i = 0; i < 8; ++i) {
    ask_with_first_lost(home, i);
    CHECK(home.quiet());
  }
  CHECK(home.resolver.statistics().case_fallbacks == 0);
  const auto before = home.sent();
  home.ask_and_wait(lossy_name(100));
  REQUIRE(home.sent() > before);
  CHECK(was_mixed(home.network.sent()[before]));
}

TEST_CASE("packet loss hardly ever switches the random case off, even at a half") {
  const double each_way = GENERATE(0.1, 0.3);
  std::uint64_t switched_off = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    IteratingHost home({.seed = seed});
    home.serve("example.", "", {kLossy});
    CHECK(home.ask_and_wait("example.", wire::Type::SOA).records() == 1);
    home.host(kLossy).link.loss = each_way;
    for (int i = 0; i < 10; ++i) home.ask_and_wait(lossy_name(i));
    switched_off += home.resolver.statistics().case_fallbacks;
  }
  CHECK(switched_off <= (each_way < 0.2 ? 0 : 3));
}

TEST_CASE("a server that drops names in random case is asked in plain case for minutes, and tried again") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {kLossy});
  home.host(kLossy).faults.compares_case = sim::CaseSaid::Silence;
  for (int i = 0; i < 5; ++i) CHECK(test::got_address(home.ask_and_wait(lossy_name(i)), "192.0.2.80"));
  CHECK(home.resolver.statistics().case_fallbacks == 1);
  home.host(kLossy).faults.compares_case = sim::CaseSaid::Nothing;
  home.network.advance(1h);
  const auto before = home.sent_to(kLossy);
  CHECK(test::got_address(home.ask_and_wait(lossy_name(6)), "192.0.2.80"));
  CHECK(was_mixed(home.network.sent().back()));
  CHECK(home.sent_to(kLossy) == before + 1);
}
