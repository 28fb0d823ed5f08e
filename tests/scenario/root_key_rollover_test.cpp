// RFC 5011 over a simulated month: the root's new key is followed, trusted when its time has come, and then
// stands alone.
#include <catch2/catch.hpp>

#include "dnssec/key_rollover.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

constexpr sim::Validity kLong{.inception = sim::kSimulatedStart,
                              .expiration = sim::kSimulatedStart + std::int64_t{200} * 86'400};
constexpr sim::Signing kOld{.validity = kLong};
constexpr sim::Signing kNew{.validity = kLong, .generation = 1};

struct Rolling {
  Rolling() : home({.root = kOld}), rollover(wire::Name()) {
    home.serve_signed("shop", "www 300 A 192.0.2.80\n", {"192.0.2.1"}, {.validity = kLong});
    rollover.trust(sim::Signer({}, kOld).trust_anchor(), test::kBegin);
    // The new keys stand beside the old ones, which sign.
    home.spoil(0, ".", Type::DNSKEY, [](wire::RRset& keys, const sim::Signer& signer) {
      if (signer.signing().generation != kOld.generation) return;
      for (const auto key : sim::Signer({}, kNew).dnskeys(0).rdatas) keys.rdatas.add(key);
      keys.signatures = signer.sign(keys);
    });
  }
  // Looks once a day, as a resolver does.
  void days_pass(int days) {
    for (int i = 0; i < days; ++i) {
      home.network.advance(24h);
      const auto& client = home.ask_and_wait(".", Type::DNSKEY);
      REQUIRE(test::secure(client));
      const auto& keys = client.got->answer.answer.front();
      const auto now = home.network.wall_time();
      static_cast<void>(rollover.observe({.dnskeys = &keys, .original_ttl = keys.ttl, .now = now}));
    }
    auto settings = std::make_shared<upstream::UpstreamSettings>();
    settings->root_hints.push_back(
        {wire::Name::literal("a.root-servers.net."), {*wire::Address::parse(test::kRoot)}});
    settings->trust.anchors.add(rollover.anchor());
    home.resolver.set_settings(settings);
    home.cache.clear();
  }
  void old_key_goes() { home.world.sign(0, kNew); }

  test::SignedHost home;
  dnssec::KeyRollover rollover;
};

}  // namespace

TEST_CASE("a root key that was published for a month is trusted when it stands alone") {
  Rolling root;
  root.days_pass(32);
  root.old_key_goes();
  CHECK(test::secure(root.home.ask_and_wait("www.shop")));
}

TEST_CASE("one that was published for a week is not") {
  Rolling root;
  root.days_pass(7);
  root.old_key_goes();
  const auto& client = root.home.ask_and_wait("www.shop");
  CAPTURE(test::reason(client));
  CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
}
