// All lookups for the answer to a client's query share one budget.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "server/query_service.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/query_maker.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

constexpr int kHosts = 13;

// A client's queries, asked of a query service over an iterating resolver.
struct WholeQueries : test::IteratingHost, server::ReplySink {
  WholeQueries() {
    pool.set_member(0, {&network, &resolver, &tasks, [](server::ResolverPool::Job) { return false; }});
    conf::Settings settings;
    settings.policy.allow = {*wire::Prefix::parse("127.0.0.0/8")};
    settings.policy.profiles[settings.policy.default_profile].mx_additional = true;
    service.set_serving(server::make_serving(std::make_shared<conf::Settings>(settings), false), 1 << 20);
  }
  void send(const server::ReplyPath&, wire::BytesView packet) override {
    reply.assign(packet.begin(), packet.end());
  }
  void abandon(const server::ReplyPath&) override {}
  wire::Answer ask_whole(const wire::Bytes& query) {
    wire::Bytes out(65'535);
    server::ReplyPath path;
    path.sink = this;
    path.peer = {wire::Address::v4(127, 0, 0, 1), 40'000};
    reply.clear();
    REQUIRE(service.on_packet(query, path, out).handled == server::Handled::Later);
    network.run_until([&] { return !reply.empty(); });
    CHECK(quiet());
    return *wire::read_answer(*wire::MessageView::parse(reply));
  }

  upstream::TaskSet tasks;
  server::ResolverPool pool{1, 1};
  server::QueryService service{
      {network, pool, 0}, server::make_serving(std::make_shared<conf::Settings>(), false), 1 << 20, 1};
  wire::Bytes reply;
};

// Thirteen servers named in the zone of the victim, which has none of these names.
std::string servers_at_victim(std::string_view zone, int from) {
  std::string text;
  for (int n = 0; n < 13; ++n) text += fmt::format("{} 300 NS n{}-{}.victim.\n", zone, from, n);
  return text;
}

wire::Bytes query(std::string_view name, Type type) {
  return test::query(name, {.type = type, .edns_size = std::uint16_t{4096}});
}

}  // namespace

TEST_CASE("an ANY and an MX cost a victim no more questions than the limits of one query") {
  for (const auto type : {Type::ANY, Type::MX}) {
    WholeQueries home;
    home.serve("victim.", "", {"192.0.2.9"});
    std::string text;
    for (int i = 0; i < kHosts; ++i)
      text += fmt::format("@ 300 MX 10 h.s{0}\n{1}", i, servers_at_victim(fmt::format("s{}", i), i));
    home.serve("attacker.", text, {"192.0.2.1"});
    home.world.zone(0).add(servers_at_victim("bad.", 99));
    CHECK(home.ask_and_wait("attacker.", Type::SOA).records() == 1);
    CHECK(home.ask_and_wait("ns1.victim.").records() == 1);  // it compares names without case
    const auto before = home.sent();
    static_cast<void>(home.ask_whole(query(type == Type::ANY ? "www.bad." : "attacker.", type)));
    CHECK(home.sent() - before <= upstream::kMaxUpstreamPackets + upstream::kPacketsAhead);
    CHECK(home.sent_to("192.0.2.9") <= upstream::kMaxAddressLookupsInAll + 2);
  }
}

TEST_CASE("names of servers that do not exist are asked about eleven times for one zone") {
  WholeQueries home;
  home.serve("victim.", "", {"192.0.2.9"});
  home.world.zone(0).add(servers_at_victim("bad.", 0));
  CHECK(home.ask_and_wait("ns1.victim.").records() == 1);  // it compares names without case
  const auto before = home.sent_to("192.0.2.9");
  CHECK(home.ask_and_wait("www.bad.").servfail());
  CHECK(home.quiet());
  CHECK(home.sent_to("192.0.2.9") - before <= upstream::kMaxAddressLookups + upstream::kMaxRefundedLookups);
}

TEST_CASE("one costly host beside an MX leaves the addresses of the others") {
  WholeQueries home;
  home.serve("victim.", "", {"192.0.2.9"});
  std::string text;
  for (int i = 0; i < 6; ++i)
    text += fmt::format("@ 300 MX 10 h.s{0}\n{1}", i, servers_at_victim(fmt::format("s{}", i), i));
  for (int i = 0; i < 5; ++i) text += fmt::format("@ 300 MX 20 mail.z{}.good.\n", i);
  home.serve("shop.", text, {"192.0.2.1"});
  home.serve("good.", "", {"192.0.2.2"});
  for (int i = 0; i < 5; ++i)
    home.serve(fmt::format("z{}.good.", i), "mail 300 A 192.0.2.80\n", {"192.0.2.3"});
  const auto answer = home.ask_whole(query("shop.", Type::MX));
  CHECK(answer.answer.size() == 1);
  std::size_t addresses = 0;
  for (const auto& rrset : answer.additional) addresses += rrset.type == Type::A ? 1 : 0;
  CHECK(addresses == 5);
}

TEST_CASE("hosts that a spent budget left without an address are not remembered as failures") {
  WholeQueries home;
  std::string text;
  for (int i = 0; i < kHosts; ++i) text += fmt::format("@ 300 MX 10 h{0}.slow.\n", i);
  home.serve("shop.", text, {"192.0.2.1"});
  std::string hosts;
  for (int i = 0; i < kHosts; ++i) hosts += fmt::format("h{0} 300 A 192.0.2.{0}\n", i);
  home.serve("slow.", hosts, {"192.0.2.2"});
  CHECK(home.ask_and_wait("slow.", Type::SOA).records() == 1);
  home.host("192.0.2.2").faults.silent = true;
  static_cast<void>(home.ask_whole(query("shop.", Type::MX)));
  home.host("192.0.2.2").faults.silent = false;
  home.network.advance(1s);
  for (int i = 0; i < kHosts; ++i) CHECK(home.ask_and_wait(fmt::format("h{}.slow.", i)).records() == 1);
}

TEST_CASE("the replies for one client's query are at most a mebibyte") {
  WholeQueries home;
  // Aliases from one zone to the next, each with 60 kB beside it over TCP.
  home.serve("big.", "", {"192.0.2.1"});
  auto& host = home.host("192.0.2.1");
  host.faults.truncates = true;
  std::size_t bytes = 0;
  host.script = [&](const wire::Question& question) -> std::optional<wire::Answer> {
    wire::Answer answer;
    answer.authoritative = true;
    wire::RRset big{.owner = question.name, .type = Type::TXT, .ttl = 300};
    wire::Bytes rdata;
    for (int i = 0; i < 4; ++i) {
      rdata.push_back(255);
      rdata.insert(rdata.end(), 255, 'x');
    }
    for (std::uint8_t i = 0; i < 56; ++i) {
      rdata[1] = i;
      big.rdatas.add(rdata);
    }
    answer.rcode = wire::Rcode::Refused;
    answer.additional.push_back(std::move(big));
    bytes += 56 * rdata.size();
    return answer;
  };
  const auto answer = home.ask_whole(query("www.big.", Type::ANY));
  CHECK(answer.rcode == wire::Rcode::ServFail);
  CHECK(bytes <= 2 * upstream::kMaxUpstreamBytes);
  CHECK(home.sent() <= upstream::kMaxUpstreamPackets + 2);
}
