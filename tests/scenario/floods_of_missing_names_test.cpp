// A flood of missing names at a server whose comparison of names is not known (decision 016) hides no
// existing name and costs two queries a name. Connections are opened only for better or truncated replies to
// checks, and their number is bounded.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/costly_zones.hpp"
#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "upstream/case_check.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using sim::CaseSaid;
using test::IteratingHost;
using wire::Rcode;

namespace {

constexpr std::string_view kVictim = "192.0.2.2";
constexpr std::size_t kFlood = 400;

[[nodiscard]] std::string missing(std::size_t number) {
  return fmt::format("some-quite-long-name-with-letters-{}.victim.tld.", number);
}

void serve_victim(IteratingHost& home, std::string_view records) {
  home.serve("tld.", "", {"192.0.2.1"});
  home.serve("victim.tld.", records, {kVictim});
}

}  // namespace

TEST_CASE("many missing names at once open no connections, and no denial is in doubt") {
  for (const auto delay : {5ms, 100ms}) {
    IteratingHost home;
    serve_victim(home, "");
    home.host(kVictim).link.delay = delay;
    home.ask_and_wait("ns1.victim.tld.", wire::Type::AAAA);
    const auto before = home.sent_to(kVictim);
    std::vector<const test::Client*> clients;
    for (std::size_t i = 0; i < kFlood; ++i) clients.push_back(&home.ask(missing(i)));
    home.network.run();
    CHECK(home.host(kVictim).tcp_queries == 0);
    CHECK(home.sent_to(kVictim) - before <= 2 * kFlood);
    for (const auto* client : clients) {
      CHECK(client->got->answer.rcode == Rcode::NxDomain);
      CHECK(client->got->answer.authority.front().ttl > 5);
    }
    CHECK(home.quiet());
  }
}

TEST_CASE(
    "many names at once of a server that compares with case are found, over a bounded number of "
    "connections") {
  for (const auto delay : {5ms, 100ms}) {
    IteratingHost home;
    serve_victim(home, "* 300 A 192.0.2.80\n");
    home.host(kVictim).faults.compares_case = CaseSaid::NxDomain;
    home.host(kVictim).link.delay = delay;
    std::vector<const test::Client*> clients;
    for (std::size_t i = 0; i < kFlood; ++i) clients.push_back(&home.ask(missing(i)));
    home.network.run();
    CHECK(home.host(kVictim).tcp_queries <= upstream::kMaxTcpCaseChecks);
    CHECK(home.sent_to(kVictim) <= 4 * kFlood);
    for (const auto* client : clients) CHECK(test::got_address(*client, "192.0.2.80"));
    CHECK(home.quiet());
  }
}

TEST_CASE("a server that becomes slow is not taken for silent, and no comparison is made") {
  IteratingHost home;
  serve_victim(home, "* 300 A 192.0.2.80\n");
  home.ask_and_wait("ns1.victim.tld.", wire::Type::AAAA);
  home.host(kVictim).link.delay = 100ms;
  const auto before = home.sent_to(kVictim);
  constexpr std::size_t kLookups = 40;
  for (std::size_t i = 0; i < kLookups; ++i) home.ask(missing(i));
  home.network.run();
  // Each lookup sends one packet at once, one after 50 ms and one after 150 ms.
  CHECK(home.sent_to(kVictim) - before <= 3 * kLookups);
  CHECK(home.resolver.statistics().case_fallbacks == 0);
  CHECK(home.quiet());
}

TEST_CASE("a flood of missing names hides no name of a server that compares with case") {
  IteratingHost home;
  serve_victim(home, "some-quite-long-name-with-letters-0 300 A 192.0.2.80\n");
  home.host(kVictim).faults.compares_case = CaseSaid::NxDomain;
  std::size_t number = 1;
  for (int minute = 0; minute < 90; ++minute) {
    for (int i = 0; i < 40; ++i) home.ask_and_wait(missing(number++));
    home.network.advance(1min);
  }
  CHECK(test::got_address(home.ask_and_wait(missing(0)), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("a client that spends its packets elsewhere does not hide an existing name from other clients") {
  for (int packets = test::kLeavesPlenty; packets <= test::kLeavesNone; ++packets) {
    IteratingHost home;
    serve_victim(home, "some-quite-long-name-with-letters-0 300 A 192.0.2.80\n");
    home.host(kVictim).faults.compares_case = CaseSaid::NxDomain;
    const auto attack = test::serve_costly_aliases(home, {packets, missing(0)});
    test::ask_to_the_end(home, attack);
    CAPTURE(packets);
    CHECK(test::got_address(home.ask_and_wait(missing(0)), "192.0.2.80"));
    CHECK(home.quiet());
  }
}

TEST_CASE("a truncating server gets no more connections than the bound for checks") {
  IteratingHost home;
  serve_victim(home, "");
  home.ask_and_wait("ns1.victim.tld.", wire::Type::AAAA);
  home.host(kVictim).tcp_queries = 0;
  home.host(kVictim).faults.truncates = true;
  for (int i = 0; i < 100; ++i) home.ask(fmt::format("some-name-with-letters-{}.victim.tld.", i));
  home.network.run();
  CHECK(home.host(kVictim).tcp_queries <= 100 + upstream::kMaxTcpCaseChecks);
  CHECK(home.quiet());
}

TEST_CASE("a forged referral to a check over UDP is not kept while the checks over TCP are full") {
  IteratingHost home;
  serve_victim(home, "mail 300 MX 10 mx.elsewhere.tld.\n");
  home.serve("evil.tld.", "", {"192.0.2.66"});
  home.world.serve("192.0.2.66", home.world.add_zone("mail.victim.tld.",
                                                     "@ 300 SOA a b 1 1 1 1 300\n@ 300 NS ns1.evil.tld.\n"
                                                     "@ 300 A 192.0.2.66\n"));
  home.ask_and_wait("ns1.evil.tld.");
  home.network.advance(1s);
  std::size_t plain = 0;
  // The first checks are truncated, as by a server that limits its replies, and go over TCP. Then one reply
  // is forged.
  home.host(kVictim).forger = [&plain](wire::BytesView query) {
    std::vector<wire::Bytes> sent;
    if (upstream::has_capitals(query) || query[wire::kHeaderSize] < 10) return sent;
    ++plain;
    if (plain > upstream::kMaxTcpCaseChecks + 1) return sent;
    const bool forges = plain > upstream::kMaxTcpCaseChecks;
    const auto referral = test::referring({.authority = "mail.victim.tld. 86400 NS ns1.evil.tld.\n"});
    auto reply = test::forge(query, forges ? referral : wire::Answer{}, test::id_of(query));
    if (!forges) reply[2] |= 0x02;  // TC (RFC 1035 §4.1.1)
    sent.push_back(std::move(reply));
    return sent;
  };
  for (int i = 0; i < 40; ++i) home.ask(fmt::format("some-name-with-letters-{}.mail.victim.tld.", i));
  home.network.run();
  CHECK(plain > upstream::kMaxTcpCaseChecks);
  home.host(kVictim).forger = {};
  CHECK_FALSE(test::got_address(home.ask_and_wait("mail.victim.tld."), "192.0.2.66"));
}

TEST_CASE("FORMERR to checks opens no more connections than the bound") {
  IteratingHost home;
  serve_victim(home, "");
  home.ask_and_wait("ns1.victim.tld.", wire::Type::AAAA);
  home.host(kVictim).tcp_queries = 0;
  home.host(kVictim).forger = [](wire::BytesView query) {
    std::vector<wire::Bytes> sent;
    if (upstream::has_capitals(query)) return sent;
    wire::Answer failure;
    failure.rcode = Rcode::FormErr;
    sent.push_back(test::forge(query, failure, test::id_of(query)));
    return sent;
  };
  for (std::size_t i = 0; i < kFlood; ++i) home.ask(missing(i));
  home.network.run();
  CHECK(home.host(kVictim).tcp_queries <= upstream::kMaxTcpCaseChecks);
}

TEST_CASE("a better reply to a check over UDP in plain case is not believed at once") {
  IteratingHost home;
  serve_victim(home, "");
  home.ask_and_wait("ns1.victim.tld.", wire::Type::AAAA);
  int plain = 0;
  // A forger has guessed the ID and the port of one packet in plain case.
  home.host(kVictim).forger = [&plain](wire::BytesView query) {
    const auto label = query.subspan(wire::kHeaderSize + 1, query[wire::kHeaderSize]);
    if (std::ranges::any_of(label, [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; }))
      return std::vector<wire::Bytes>{};
    if (++plain != 1) return std::vector<wire::Bytes>{};
    const std::string name(label.begin(), label.end());
    const auto text = fmt::format("{}.victim.tld. 86400 A 192.0.2.66\n", name);
    return std::vector<wire::Bytes>{test::forge(query, test::saying({.answer = text}), test::id_of(query))};
  };
  std::vector<const test::Client*> clients;
  for (int i = 0; i < 400; ++i)
    clients.push_back(&home.ask(fmt::format("some-name-with-letters-{}.victim.tld.", i)));
  home.network.run();
  const auto fooled = std::ranges::count_if(
      clients, [](const auto* client) { return test::got_address(*client, "192.0.2.66"); });
  CHECK(fooled == 0);
}
