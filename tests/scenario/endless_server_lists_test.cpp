#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// NRDelegation (CVE-2022-3204): a zone of `count` servers with glue, of whom none answers.
void delegate_to_nobody(IteratingHost& home, int count) {
  std::string servers;
  for (int i = 0; i < count; ++i)
    servers += fmt::format("x 300 NS n{0}.x\nn{0}.x 300 A 10.0.{1}.{2}\n", i, i / 200, i % 200 + 1);
  home.serve("evil.", servers, {"192.0.2.1"});
}

[[nodiscard]] std::size_t servers_asked(const IteratingHost& home) {
  std::set<wire::Endpoint> asked;
  for (const auto& sent : home.network.sent()) asked.insert(sent.server);
  return asked.size() - 2;  // root and evil
}

}  // namespace

TEST_CASE("of hundreds of servers that do not answer thirteen are asked, within one budget") {
  for (const int servers : {100, 500}) {
    IteratingHost home;
    delegate_to_nobody(home, servers);
    const auto& client = home.ask_and_wait("www.x.evil.");
    CHECK(client.servfail());
    CHECK(client.waited <= 4500ms);
    CHECK(home.quiet());
    CHECK(servers_asked(home) <= upstream::kMaxNameServers);
    CHECK(servers_asked(home) >= upstream::kMaxNameServers - 1);
    CHECK(home.sent() <= upstream::kMaxUpstreamPackets);
  }
}
