#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

constexpr std::string_view kVictim = "192.0.2.2";

// NXNS (CVE-2020-12662): a zone whose hundred servers are all said to be in the victim's zone.
void attack(IteratingHost& home, std::string_view victims_records) {
  std::string servers;
  for (int i = 0; i < 100; ++i) servers += fmt::format("x 300 NS n{}.victim.\n", i);
  home.serve("evil.", servers, {"192.0.2.1"});
  home.serve("victim.", victims_records, {kVictim});
}

// Names of the victim that were sent with a capital letter in the first label.
[[nodiscard]] std::size_t sent_with_capital(const IteratingHost& home) {
  const auto to_victim = *wire::Endpoint::parse(kVictim, wire::kDnsPort);
  return static_cast<std::size_t>(std::ranges::count_if(home.network.sent(), [&](const auto& sent) {
    return sent.server == to_victim && sent.query[wire::kHeaderSize + 1] == 'N';
  }));
}

}  // namespace

TEST_CASE("of a hundred servers that do not exist a handful is looked up") {
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    IteratingHost home({.seed = seed});
    attack(home, "");
    const auto& client = home.ask_and_wait("www.x.evil.");
    CHECK(client.servfail());
    CHECK(client.waited < std::chrono::seconds{1});
    // The victim has not shown yet how it compares names. So names that went out as "N1" are asked for once
    // more in plain case, and one of those that went out as "n1.vIctim".
    CHECK(home.sent_to(kVictim) <= upstream::kMaxNameServers + sent_with_capital(home) + 1);
    CHECK(home.host(kVictim).tcp_queries == 0);
    CHECK(home.sent() <= home.sent_to(kVictim) + 5);
    CHECK(home.quiet());
  }
}

TEST_CASE("servers that exist without addresses are asked for both families, and no more") {
  IteratingHost home;
  attack(home, "* 300 TXT a\n");
  CHECK(home.ask_and_wait("www.x.evil.").servfail());
  CHECK(home.sent_to(kVictim) <= 2 * upstream::kMaxNameServers);
  CHECK(home.quiet());
}

TEST_CASE("no more addresses are looked up than may be needed while those found do not answer") {
  IteratingHost home;
  std::string addresses;
  for (int i = 0; i < 100; ++i) addresses += fmt::format("n{} 300 A 10.0.0.{}\n", i, i);
  attack(home, addresses);
  CHECK(home.ask_and_wait("www.x.evil.").servfail());
  CHECK(home.quiet());
  CHECK(home.sent_to(kVictim) <= upstream::kMaxAddressLookups);
  CHECK(home.sent() <= upstream::kMaxUpstreamPackets + 1);  // and priming
}

TEST_CASE("a silent victim gets no more packets than the budget of one question") {
  IteratingHost home;
  attack(home, "");
  home.host(kVictim).faults.silent = true;
  for (int i = 0; i < 10; ++i) home.ask("n" + std::to_string(i) + ".x.evil.");
  CHECK(home.quiet());
  CHECK(home.sent_to(kVictim) <= upstream::kMaxUpstreamPackets);
}
