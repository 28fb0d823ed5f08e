// A denial whose check in plain case got no reply is in doubt: it is kept for seconds only.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"
#include "upstream/case_check.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using sim::CaseSaid;
using test::IteratingHost;
using test::ResolvingHost;
using wire::Rcode;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kOther = "192.0.2.2";
constexpr auto kRecords = "* 300 A 192.0.2.80\n";
constexpr std::uint32_t kMostSeconds = 5;

[[nodiscard]] std::string name(int number) {
  return fmt::format("some-quite-long-name-with-letters-{}.example.", number);
}

[[nodiscard]] bool is_denied(const test::Client& client) {
  return client.got->answer.rcode == Rcode::NxDomain;
}

// A script: random case is denied, and all else fails.
[[nodiscard]] std::optional<wire::Answer> denies_and_fails_check(const wire::Question& question) {
  const bool is_mixed =
      std::ranges::any_of(question.name.wire(), [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
  auto said = test::denying("example.");
  if (!is_mixed) said.rcode = Rcode::ServFail;
  return said;
}

// Names in random case are denied. All other queries are dropped, and TCP is off.
void deny_and_drop_checks(sim::Host& host) {
  host.script = test::always(test::denying("example."));
  host.faults.no_tcp = true;
  host.forger = [&host](wire::BytesView query) {
    host.faults.silent = !upstream::has_capitals(query);
    return std::vector<wire::Bytes>{};
  };
}

// The lowest TTL of what the client got. REQUIRES: a denial with an SOA.
[[nodiscard]] std::uint32_t lifetime(const test::Client& client) {
  REQUIRE_FALSE(client.got->answer.authority.empty());
  return client.got->answer.authority.front().ttl;
}

// The server's denial arrives, and all packets of the check are lost.
const test::Client& ask_with_check_lost(test::AskingHost& home, std::string_view server, int number) {
  const auto before = home.sent_to(server);
  const auto& client = home.ask(name(number));
  home.network.run_until([&] { return home.sent_to(server) > before + 1; });
  home.host(server).link.loss = 1.0;
  home.network.run_until([&] { return client.got.has_value(); });
  home.host(server).link.loss = 0;
  return client;
}

}  // namespace

TEST_CASE("a name whose check was lost is found again after five seconds") {
  for (const bool has_tcp : {true, false}) {
    IteratingHost home;
    home.serve("example.", kRecords, {kServer});
    home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
    home.host(kServer).faults.no_tcp = !has_tcp;
    const auto& client = ask_with_check_lost(home, kServer, 1);
    CHECK(is_denied(client));
    CHECK(lifetime(client) <= kMostSeconds);
    // Other names are not in doubt.
    CHECK(test::got_address(home.ask_and_wait(name(2)), "192.0.2.80"));
    home.network.advance(std::chrono::seconds{kMostSeconds});
    CHECK(test::got_address(home.ask_and_wait(name(1)), "192.0.2.80"));
    CHECK(home.quiet());
  }
}

TEST_CASE("the same holds behind a forward") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", fmt::format("@ 300 SOA a b 1 1 1 1 300\n{}", kRecords));
  home.host(test::kFirst).faults.compares_case = CaseSaid::NxDomain;
  const auto& client = ask_with_check_lost(home, test::kFirst, 1);
  CHECK(is_denied(client));
  CHECK(lifetime(client) <= kMostSeconds);
  home.network.advance(std::chrono::seconds{kMostSeconds});
  CHECK(test::got_address(home.ask_and_wait(name(1)), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("behind a forward, a denial in doubt replaces no fresh record of its name") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.",
                      "@ 300 SOA a b 1 1 1 1 300\nsome-quite-long-name-with-letters-1 7200 MX 10 mail\n");
  home.host(test::kFirst).faults.compares_case = CaseSaid::NxDomain;
  const auto has_mail = [&home] {
    const auto& client = home.ask_and_wait(name(1), wire::Type::MX);
    return client.noerror() && client.records() == 1;
  };
  CHECK(has_mail());
  deny_and_drop_checks(home.host(test::kFirst));
  home.network.advance(upstream::kCaseSensitiveMemory);
  CHECK(is_denied(home.ask_and_wait(name(1), wire::Type::TXT)));
  const auto before = home.sent();
  CHECK(has_mail());
  CHECK(home.sent() == before);
  CHECK(home.quiet());
}

TEST_CASE("a server that answers the check with a failure has failed: the denial is not used") {
  for (const bool has_tcp : {true, false}) {
    IteratingHost home;
    home.serve("example.", kRecords, {kServer});
    home.host(kServer).script = denies_and_fails_check;
    home.host(kServer).faults.no_tcp = !has_tcp;
    CHECK(home.ask_and_wait(name(1)).servfail());
    CHECK(home.sent_to(kServer) <= 7);
    CHECK(home.quiet());
  }
}

TEST_CASE("another server of the zone is asked before a denial in doubt is believed") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.seed = seed});
    home.serve("example.", kRecords, {kServer, kOther});
    home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
    const auto& client = home.ask(name(1));
    home.network.run_until([&] { return home.sent_to(kServer) + home.sent_to(kOther) > 0; });
    home.network.run_until([&] { return client.got.has_value() || home.sent_to(kServer) > 1; });
    home.host(kServer).link.loss = 1.0;
    home.network.run_until([&] { return client.got.has_value(); });
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited < 2s);
    CHECK(home.sent_to(kOther) == 1);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE(
    "another forwarder is asked before a denial in doubt is believed, and the denial is the last resort") {
  for (const bool other_lives : {true, false}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      ResolvingHost home({test::kFirst, test::kSecond}, {}, seed);
      home.world.add_zone("example.", kRecords);
      deny_and_drop_checks(home.host(test::kFirst));
      home.host(test::kSecond).faults.silent = !other_lives;
      const auto& client = home.ask_and_wait(name(1));
      CHECK(test::got_address(client, "192.0.2.80") == other_lives);
      CHECK(is_denied(client) == !other_lives);
      CHECK(client.waited < 3s);
      CHECK(home.sent_to(test::kFirst) <= 6);
      CHECK(home.sent_to(test::kSecond) <= 6);
      CHECK(home.failures.seen.empty());
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("a denial in doubt is the answer if the other server is dead, and costs no storm") {
  IteratingHost home;
  home.serve("example.", kRecords, {kServer, kOther});
  home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
  home.host(kOther).faults.silent = true;
  const auto& client = home.ask(name(1));
  home.network.run_until([&] { return client.got.has_value() || home.sent_to(kServer) > 1; });
  home.host(kServer).link.loss = 1.0;
  home.network.run_until([&] { return client.got.has_value(); });
  CHECK(is_denied(client));
  CHECK(lifetime(client) <= kMostSeconds);
  CHECK(client.waited < 4s);
  CHECK(home.sent_to(kServer) <= 5);  // the question and its two checks, and twice more while it is late
  CHECK(home.sent_to(kOther) <= 4);
  CHECK(home.quiet());
}

TEST_CASE("a slow server without TCP denies a missing name within the time of a client") {
  for (const auto delay : {300ms, 600ms, 900ms, 1'250ms}) {
    IteratingHost home;
    home.serve("example.", "", {kServer, kOther});
    ResolvingHost behind({test::kFirst, test::kSecond});
    behind.world.add_zone("example.", "@ 300 SOA a b 1 1 1 1 300\n");
    const auto make_slow = [delay](test::AskingHost& asking, std::string_view server) {
      asking.host(server).faults.no_tcp = true;
      asking.host(server).link.delay = delay;
    };
    for (const auto server : {kServer, kOther}) make_slow(home, server);
    for (const auto server : {test::kFirst, test::kSecond}) make_slow(behind, server);
    CAPTURE(delay);
    CHECK(is_denied(home.ask_and_wait(name(1))));
    CHECK(is_denied(behind.ask_and_wait(name(1))));
    CHECK(home.quiet());
    CHECK(behind.quiet());
  }
}

TEST_CASE("a denial that was checked keeps its own lifetime") {
  IteratingHost home;
  home.serve("example.", "@ 300 SOA a b 1 1 1 1 300\nwww 300 A 192.0.2.80\n", {kServer});
  const auto& client = home.ask_and_wait(name(1));
  CHECK(is_denied(client));
  CHECK(lifetime(client) == 300);
  const auto before = home.sent();
  home.network.advance(200s);
  CHECK(is_denied(home.ask_and_wait(name(1))));
  CHECK(home.sent() == before);
  CHECK(home.quiet());
}

TEST_CASE("a denial in doubt is not served as stale, and does not take the place of stale data") {
  for (const bool has_stale : {false, true}) {
    INFO("stale data " << has_stale);
    cache::CacheSettings cache;
    cache.serve_stale = 24h;
    IteratingHost home({.cache = cache});
    home.serve("example.", kRecords, {kServer});
    home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
    if (has_stale) {
      CHECK(test::got_address(home.ask_and_wait(name(1)), "192.0.2.80"));
      home.network.advance(61min);
    }
    deny_and_drop_checks(home.host(kServer));
    CHECK(is_denied(home.ask_and_wait(name(1))));
    home.host(kServer).script = {};
    home.host(kServer).forger = {};
    home.host(kServer).faults.silent = true;
    home.network.advance(3h);
    const auto& client = home.ask_and_wait(name(1));
    CHECK_FALSE(is_denied(client));
    if (has_stale) CHECK(test::got_address(client, "192.0.2.80"));
  }
}
