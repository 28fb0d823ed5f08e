#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// "a.a.a.evil.": as many labels as a name can have.
[[nodiscard]] std::string deep_name(int labels) {
  std::string name;
  for (int i = 0; i < labels; ++i) name += "a.";
  return name + "evil.";
}

// The server of evil. sends every question on to itself, for a zone that is one label longer than the last
// one, as long as the name is long enough.
void refer_for_ever(IteratingHost& home) {
  home.serve("evil.", "", {"192.0.2.1"});
  home.host("192.0.2.1").script = [depth = std::size_t{1}](const wire::Question& question) mutable {
    depth = std::min(depth + 1, question.name.label_count());
    const auto zone = question.name.suffix(depth).text();
    const auto servers = fmt::format("{0} 86400 NS ns.{0}\n", zone);
    const auto glue = fmt::format("ns.{} 86400 A 192.0.2.1\n", zone);
    return std::optional(test::referring({.authority = servers, .additional = glue}));
  };
}

}  // namespace

TEST_CASE("referrals that lead one label down each time end with the budget") {
  for (const bool minimised : {true, false}) {
    IteratingHost home({.settings = {.qname_minimisation = minimised}});
    refer_for_ever(home);
    const auto& client = home.ask_and_wait(deep_name(120));
    CHECK(client.servfail());
    CHECK(client.error() == wire::Ede::Other);
    CHECK(client.waited <= 4500ms);
    CHECK(home.quiet());
    CHECK(home.sent() <= upstream::kMaxUpstreamPackets + 1);
  }
}

TEST_CASE("a server that refers each time as late as it may keeps no client waiting for long") {
  IteratingHost home;
  refer_for_ever(home);
  home.host("192.0.2.1").link.delay = 700ms;
  const auto began = home.network.now();
  const auto& client = home.ask_and_wait(deep_name(120));
  CHECK(client.servfail());
  CHECK(client.waited == 4500ms);
  CHECK(home.quiet());
  CHECK(home.network.sent().back().when - began <= upstream::kMaxLookupTime);
  CHECK(home.sent() <= 40);
}
