// A client's query may be answered from several questions: its limits hold for all of them in common.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "server/query_service.hpp"
#include "tests/support/judged.hpp"
#include "tests/support/many_signatures.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr int kHosts = 12;

std::string name_of(int host) { return fmt::format("h{}.shop", host); }

// MX records of twelve hosts, and a bad signature in front of the good one of each host's address.
struct CostlyMx : test::SignedHost, server::ReplySink {
  CostlyMx() {
    std::string text;
    for (int i = 0; i < kHosts; ++i) text += fmt::format("@ 300 MX 10 h{0}\nh{0} 300 A 192.0.2.{0}\n", i);
    const auto zone = serve_signed("shop", text, {"192.0.2.100"});
    for (int i = 0; i < kHosts; ++i) spoil(zone, name_of(i), Type::A, test::with_bad_signatures_first(1));
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
  void ask(const wire::Bytes& query) {
    wire::Bytes out(65'535);
    server::ReplyPath path;
    path.sink = this;
    path.peer = {wire::Address::v4(127, 0, 0, 1), 40'000};
    REQUIRE(service.on_packet(query, path, out).handled == server::Handled::Later);
    network.run_until([&] { return !reply.empty(); });
  }

  upstream::TaskSet tasks;
  server::ResolverPool pool{1, 1};
  server::QueryService service{
      {network, pool, 0}, server::make_serving(std::make_shared<conf::Settings>(), false), 1 << 20, 1};
  wire::Bytes reply;
};

}  // namespace

TEST_CASE("the addresses beside an MX share the limits of the client's query") {
  CostlyMx home;
  home.ask(test::query("shop", {.type = Type::MX, .edns_size = std::uint16_t{4096}}));
  const auto reply = wire::read_answer(*wire::MessageView::parse(home.reply));
  REQUIRE(reply);
  CHECK(reply->answer.front().rdatas.count() == kHosts);
  CHECK(home.quiet());
  CHECK(home.resolver.statistics().failed_checks == dnssec::kMaxFailedChecks);
}
TEST_CASE("what was left unjudged for that is not remembered as a failure") {
  CostlyMx home;
  home.ask(test::query("shop", {.type = Type::MX, .edns_size = std::uint16_t{4096}}));
  for (int i = 0; i < kHosts; ++i) CHECK(test::secure(home.ask_and_wait(name_of(i))));
  CHECK(home.quiet());
}
