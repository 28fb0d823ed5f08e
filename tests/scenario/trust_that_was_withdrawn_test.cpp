// After a change of the trust settings no client gets data that was validated under the old ones, fresh or
// stale.
#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

struct Tree : test::SignedTree {
  Tree() {
    CHECK(test::secure(ask_and_wait("www.example.test")));
    CHECK(ask_and_wait("none.example.test").got->answer.authentic);
  }
  // The root keys that are trusted now, and the zones that are treated as unsigned.
  void trust(const sim::Signing& root, std::string_view as_unsigned = {}) {
    auto settings = std::make_shared<upstream::UpstreamSettings>();
    settings->root_hints.push_back(
        {wire::Name::literal("a.root-servers.net."), {*wire::Address::parse(test::kRoot)}});
    settings->trust.anchors.add(sim::Signer({}, root).trust_anchor());
    if (!as_unsigned.empty())
      settings->trust.unsigned_zones.push_back({wire::Name::literal(as_unsigned), {}});
    resolver.set_settings(settings);
  }
  void fall_silent() {
    for (const auto server : {test::kRoot, kTldServer, kTreeServer}) host(server).faults.silent = true;
  }
};

}  // namespace

TEST_CASE("a negative trust anchor takes AD from what is cached, fresh or stale") {
  for (const auto later : {10s, 310s}) {
    Tree home;
    home.network.advance(later);
    home.trust({}, "example.test");
    CHECK(test::insecure(home.ask_and_wait("www.example.test")));
    home.network.advance(301s);
    home.fall_silent();
    CHECK_FALSE(home.ask_and_wait("www.example.test").got->answer.authentic);
  }
}

TEST_CASE("data validated with old root keys is dropped, even if its servers are silent") {
  for (const auto later : {10s, 310s}) {
    Tree home;
    home.network.advance(later);
    home.fall_silent();
    home.trust({.generation = 1});
    CHECK(home.ask_and_wait("www.example.test").servfail());
    CHECK(home.ask_and_wait("none.example.test").servfail());
    CHECK(home.ask_and_wait("also-none.example.test").servfail());
  }
}

TEST_CASE("settings with the same trust keep what is cached") {
  Tree home;
  home.trust({});
  home.fall_silent();
  const auto before = home.sent();
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.sent() == before);
}
