#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using sim::CaseSaid;
using test::IteratingHost;
using test::ResolvingHost;

namespace {

constexpr auto kAll = {CaseSaid::NxDomain, CaseSaid::NoData,   CaseSaid::Refused,
                       CaseSaid::FormErr,  CaseSaid::ServFail, CaseSaid::Silence};
// Silence costs a comparison of six packets: lost packets look the same.
// Long names, so that all of them go out with capital letters.
constexpr auto kNames = "* 300 A 192.0.2.80\n";
constexpr std::string_view kServer = "192.0.2.1";

[[nodiscard]] std::string name(int number) {
  return fmt::format("some-quite-long-name-with-letters-{}.example.", number);
}

[[nodiscard]] bool has_capitals(wire::BytesView query) {
  const auto label = query.subspan(wire::kHeaderSize + 1, query[wire::kHeaderSize]);
  return std::ranges::any_of(label, [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
}

// Truncates replies to names in plain case.
[[nodiscard]] sim::Forger truncating_plain_case() {
  return [](wire::BytesView query) {
    if (has_capitals(query)) return std::vector<wire::Bytes>{};
    auto reply = test::forge(query, {}, test::id_of(query));
    reply[2] |= 0x02;  // TC (RFC 1035 §4.1.1)
    return std::vector<wire::Bytes>{std::move(reply)};
  };
}

}  // namespace

TEST_CASE("a server that compares names with case is heard, whatever it says to the others, and remembered") {
  for (const bool has_tcp : {true, false}) {
    for (const auto said : kAll) {
      INFO("says " << static_cast<int>(said) << ", TCP " << has_tcp);
      IteratingHost home;
      home.serve("example.", kNames, {kServer});
      home.host(kServer).faults.compares_case = said;
      home.host(kServer).faults.no_tcp = !has_tcp;
      for (int i = 0; i < 6; ++i) CHECK(test::got_address(home.ask_and_wait(name(i)), "192.0.2.80"));
      CHECK(home.sent_to(kServer) <= (said == CaseSaid::Silence ? 15 : 4 + 3 * 3));
      const auto before = home.sent_to(kServer);
      CHECK(test::got_address(home.ask_and_wait(name(7)), "192.0.2.80"));
      CHECK(home.sent_to(kServer) == before + 1);
      CHECK(home.failures.seen.empty());
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("so is one that also echoes the question in lower case") {
  for (const auto said : kAll) {
    INFO("says " << static_cast<int>(said));
    IteratingHost home;
    home.serve("example.", kNames, {kServer});
    home.host(kServer).faults.compares_case = said;
    home.host(kServer).faults.ignores_case = true;
    for (int i = 0; i < 6; ++i) CHECK(test::got_address(home.ask_and_wait(name(i)), "192.0.2.80"));
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("the same holds for a server behind a forward") {
  for (const auto said : kAll) {
    INFO("says " << static_cast<int>(said));
    ResolvingHost home({test::kFirst});
    home.world.add_zone("example.", kNames);
    home.host(test::kFirst).faults.compares_case = said;
    for (int i = 0; i < 6; ++i) CHECK(test::got_address(home.ask_and_wait(name(i)), "192.0.2.80"));
    CHECK(home.sent() <= (said == CaseSaid::Silence ? 16 : 18));
    CHECK(home.quiet());
  }
}

TEST_CASE("the same holds for a server behind a stub") {
  for (const auto said : kAll) {
    INFO("says " << static_cast<int>(said));
    upstream::UpstreamSettings settings;
    settings.stubs.push_back({wire::Name::literal("example."), {*wire::Endpoint::parse("192.0.2.1:53")}});
    IteratingHost home({.settings = settings});
    home.serve("example.", kNames, {kServer}, test::Delegated::No);
    home.host(kServer).faults.compares_case = said;
    for (int i = 0; i < 6; ++i) CHECK(test::got_address(home.ask_and_wait(name(i)), "192.0.2.80"));
    CHECK(home.sent() <= (said == CaseSaid::Silence ? 15 : 13));
    CHECK(home.quiet());
  }
}

TEST_CASE("a denial by a server that has answered a name in random case costs one packet") {
  IteratingHost home;
  home.serve("example.", "some-quite-long-name-with-letters-0 300 A 192.0.2.80\n", {kServer});
  CHECK(home.ask_and_wait(name(0)).records() == 1);
  for (int i = 1; i < 6; ++i) {
    const auto before = home.sent();
    CHECK(home.ask_and_wait(name(i)).got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(home.sent() == before + 1);
  }
  CHECK(home.host(kServer).tcp_queries == 0);
  CHECK(home.quiet());
}

TEST_CASE("each denial of a server that has shown no data costs one packet more, and no connection") {
  for (const bool has_tcp : {true, false}) {
    IteratingHost home;
    home.serve("example.", "www-with-quite-many-letters 300 A 192.0.2.80\n", {kServer});
    home.host(kServer).faults.no_tcp = !has_tcp;
    constexpr int kMany = 40;
    for (int i = 0; i < kMany; ++i)
      CHECK(home.ask_and_wait(name(i)).got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(home.sent_to(kServer) == 2 * kMany);
    CHECK(home.host(kServer).tcp_queries == 0);
    CHECK(test::got_address(home.ask_and_wait("www-with-quite-many-letters.example."), "192.0.2.80"));
    const auto before = home.sent_to(kServer);
    CHECK(home.ask_and_wait(name(kMany)).got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(home.sent_to(kServer) == before + 1);
    CHECK(has_capitals(home.network.sent().back().query));
    CHECK(home.quiet());
  }
}

TEST_CASE("missing TCP is found out once, when a better reply is to be confirmed") {
  IteratingHost home;
  home.serve("example.", kNames, {kServer});
  home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
  home.host(kServer).faults.no_tcp = true;
  for (const std::size_t sent : {3U, 3U + 2U, 3U + 2U + 2U, 3U + 2U + 2U + 1U}) {
    CHECK(test::got_address(home.ask_and_wait(name(static_cast<int>(sent))), "192.0.2.80"));
    CHECK(home.sent_to(kServer) == sent);
  }
  CHECK(home.quiet());
}

TEST_CASE("each check with a truncated reply tries TCP once") {
  IteratingHost home;
  home.serve("example.", "www-with-quite-many-letters 300 A 192.0.2.80\n", {kServer});
  home.host(kServer).faults.no_tcp = true;
  home.host(kServer).forger = truncating_plain_case();
  CHECK(home.ask_and_wait(name(0)).got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent_to(kServer) == 3);
  CHECK(home.ask_and_wait(name(1)).got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent_to(kServer) == 3 + 3);
  CHECK(home.quiet());
}

TEST_CASE("after a truncated reply a check goes over TCP even if the server is slow") {
  IteratingHost home;
  home.serve("example.", kNames, {kServer});
  home.host(kServer).link.delay = 170ms;
  home.ask_and_wait("ns1.example.", wire::Type::AAAA);
  home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
  home.host(kServer).forger = truncating_plain_case();
  for (int i = 0; i < 5; ++i) CHECK(test::got_address(home.ask_and_wait(name(i)), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("after a truncated reply a check goes over TCP even if TCP failed for an earlier check") {
  IteratingHost home;
  home.serve("example.", kNames, {kServer});
  home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
  home.host(kServer).forger = truncating_plain_case();
  home.host(kServer).faults.no_tcp = true;
  home.ask_and_wait(name(0));
  home.host(kServer).faults.no_tcp = false;
  home.network.advance(10s);
  CHECK(test::got_address(home.ask_and_wait(name(1)), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("one forged denial does not switch the random case off") {
  IteratingHost home;
  home.serve("example.", kNames, {kServer});
  home.host(kServer).forger = [forged = false](wire::BytesView query) mutable {
    if (std::exchange(forged, true)) return std::vector<wire::Bytes>{};
    return std::vector<wire::Bytes>{test::forge(query, test::denying("example."), test::id_of(query))};
  };
  for (const bool has_tcp : {false}) {
    home.host(kServer).faults.no_tcp = !has_tcp;
    CHECK(test::got_address(home.ask_and_wait(name(0)), "192.0.2.80"));
    CHECK(test::got_address(home.ask_and_wait(name(1)), "192.0.2.80"));
    CHECK(has_capitals(home.network.sent().back().query));
  }
  CHECK(home.resolver.statistics().case_fallbacks == 0);
  CHECK(home.quiet());
}

TEST_CASE("without random case, for one server or all, names go out in lower case and nothing is checked") {
  for (const bool for_all : {true, false}) {
    upstream::UpstreamSettings settings;
    settings.case_randomisation = !for_all;
    if (!for_all) settings.case_exempt.push_back(*wire::Prefix::parse("192.0.2.0/24"));
    IteratingHost home({.settings = settings});
    home.serve("example.", "www 300 A 192.0.2.80\n", {kServer});
    CHECK(home.ask_and_wait(name(0)).got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(home.sent_to(kServer) == 1);
    CHECK_FALSE(has_capitals(home.network.sent().back().query));
    CHECK(home.quiet());
  }
}
