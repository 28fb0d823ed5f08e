#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// The server of each zone is named in the next one. That of the last has glue, which serves the last but one,
// too.
void serve_chain(IteratingHost& home, int zones) {
  for (int i = 0; i < zones; ++i) {
    const auto server = i + 1 == zones ? "ns" : fmt::format("ns.z{}.", i + 1);
    const auto text = fmt::format("@ 300 NS {}\nns 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n", server);
    home.serve(fmt::format("z{}.", i), text, {"192.0.2.1"});
  }
}

}  // namespace

TEST_CASE("servers named in zones whose servers are named in others are found eight lookups deep") {
  IteratingHost home;
  serve_chain(home, upstream::kMaxDepth + 2);
  const auto& client = home.ask_and_wait("www.z0.");
  CHECK(client.records() == 1);
  CHECK(client.waited < 1s);
  CHECK(home.sent() == 2 * 9 + 1);  // priming; a referral to each zone but the last, and its answer
  CHECK(home.quiet());
}

TEST_CASE("a chain of zones that is longer ends at once") {
  IteratingHost home;
  serve_chain(home, upstream::kMaxDepth + 4);
  const auto& client = home.ask_and_wait("www.z0.");
  CHECK(client.servfail());
  CHECK(client.error() == wire::Ede::NoReachableAuthority);
  CHECK(client.waited < 1s);
  CHECK(home.sent() <= upstream::kMaxDepth + 4);
  CHECK(home.quiet());
}

TEST_CASE("what was too far away for one question is not so for another") {
  IteratingHost home;
  serve_chain(home, upstream::kMaxDepth + 4);
  CHECK(home.ask_and_wait("www.z0.").servfail());
  CHECK(home.ask_and_wait("ns.z8.").records() == 1);
  CHECK(home.ask_and_wait("www.z5.").records() == 1);
  CHECK(home.quiet());
}
