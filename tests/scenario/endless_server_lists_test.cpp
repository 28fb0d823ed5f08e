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

TEST_CASE("of a hundred servers that do not answer thirteen are asked, within one budget") {
  IteratingHost home;
  delegate_to_nobody(home, 100);
  const auto& client = home.ask_and_wait("www.x.evil.");
  CHECK(client.servfail());
  CHECK(client.waited <= 4500ms);
  CHECK(home.quiet());
  CHECK(servers_asked(home) == upstream::kMaxNameServers);
  CHECK(home.sent() <= upstream::kMaxUpstreamPackets);
}

TEST_CASE("a set of more servers than any RRset may have is no delegation") {
  IteratingHost home;
  delegate_to_nobody(home, 500);
  const auto& client = home.ask_and_wait("www.x.evil.");
  CHECK(client.servfail());
  CHECK(client.waited < 1s);
  CHECK(servers_asked(home) == 0);
  CHECK(home.sent() <= 8);
  CHECK(home.quiet());
}

TEST_CASE("of one server's hundred addresses four are asked") {
  IteratingHost home;
  std::string glue = "x 300 NS n.x\n";
  for (int i = 1; i <= 100; ++i) glue += fmt::format("n.x 300 A 10.0.0.{}\n", i);
  home.serve("evil.", glue, {"192.0.2.1"});
  CHECK(home.ask_and_wait("www.x.evil.").servfail());
  CHECK(home.quiet());
  CHECK(servers_asked(home) == upstream::kMaxAddressesPerServer);
}
