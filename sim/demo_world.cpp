#include "sim/demo_world.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "sim/defects.hpp"

namespace shirube::sim {
namespace {

constexpr std::array kCases{
    DemoCase{"furelo.jp", "Signed with RSA-2048: its ANY answer is 2.9 kB, and qmail reads 512 bytes.",
             DemoTrust::Signed},
    DemoCase{"forged.example", "Signed, and on the way somebody names a mail exchanger of his own.",
             DemoTrust::Forged},
    DemoCase{"many-mx.example", "24 mail exchangers: the MX answer is over 1 kB."},
    DemoCase{"dual.example", "IPv6 everywhere: an IPv4-only host waits for addresses that it cannot reach."},
    DemoCase{"alias-mx.example", "Its MX is an alias (CNAME), which RFC 2181 forbids and many do."},
    DemoCase{"small.example", "Small and plain: works for everybody."},
};

constexpr int kManyExchangers = 24;

constexpr std::string_view kFureloZone = R"(
@     3600 IN SOA ns1 hostmaster 2026010101 7200 900 1209600 900
@     3600 IN NS  ns1
@     3600 IN NS  ns2
@     3600 IN A   192.0.2.80
@     3600 IN MX  10 mail
@     3600 IN TXT "v=spf1 mx ip4:192.0.2.80 -all"
mail  3600 IN A   192.0.2.25
mail  3600 IN TXT "v=spf1 a -all"
www   3600 IN CNAME @
ns1   3600 IN A   192.0.2.1
ns2   3600 IN A   198.51.100.1
_25._tcp.mail 3600 IN TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
)";

// Exchangers as big providers name them: long, and with little in common to compress.
[[nodiscard]] std::string many_mx_zone() {
  constexpr std::array<std::string_view, 6> kCities{"osaka",    "frankfurt", "dublin",
                                                    "virginia", "oregon",    "singapore"};
  std::string text = R"(
@     3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300
@     3600 IN NS  ns1
@     3600 IN A   198.51.100.80
@     3600 IN TXT "v=spf1 mx -all"
ns1   3600 IN A   198.51.100.2
)";
  for (int i = 1; i <= kManyExchangers; ++i) {
    const auto city = kCities[static_cast<std::size_t>(i) % kCities.size()];
    const auto host = fmt::format("inbound-{}-mailgateway{:02}", city, i);
    text += fmt::format("@ 3600 IN MX {} {}\n", 10 * ((i + 5) / 6), host);
    text += fmt::format("{} 3600 IN A 198.51.100.{}\n", host, 100 + i);
    if (i % 3 == 0) text += fmt::format("{} 3600 IN AAAA 2001:db8:24::{:x}\n", host, i);
  }
  return text;
}

constexpr std::string_view kDualZone = R"(
@      3600 IN SOA   ns1 hostmaster 1 7200 900 1209600 300
@      3600 IN NS    ns1
@      3600 IN A     203.0.113.80
@      3600 IN AAAA  2001:db8:d0a1::80
@      3600 IN MX    10 mail6
@      3600 IN MX    20 mail
@      3600 IN TXT   "v=spf1 mx -all"
@      3600 IN HTTPS 1 . alpn="h2" ipv4hint="203.0.113.80" ipv6hint="2001:db8:d0a1::80"
www    3600 IN A     203.0.113.80
www    3600 IN AAAA  2001:db8:d0a1::80
www    3600 IN HTTPS 1 . alpn="h2" ipv4hint="203.0.113.80" ipv6hint="2001:db8:d0a1::80"
mail   3600 IN A     203.0.113.25
mail   3600 IN AAAA  2001:db8:d0a1::25
mail6  3600 IN AAAA  2001:db8:d0a1::6:25
ns1    3600 IN A     203.0.113.1
ns1    3600 IN AAAA  2001:db8:d0a1::1
)";

constexpr std::string_view kAliasMxZone = R"(
@   3600 IN SOA   ns1 hostmaster 1 7200 900 1209600 300
@   3600 IN NS    ns1
@   3600 IN A     203.0.113.90
@   3600 IN MX    10 mx
@   3600 IN TXT   "v=spf1 mx -all"
mx  3600 IN CNAME mail.small.example.
ns1 3600 IN A     203.0.113.2
)";

constexpr std::string_view kSmallZone = R"(
@    3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300
@    3600 IN NS  ns1
@    3600 IN A   192.0.2.90
@    3600 IN MX  10 mail
@    3600 IN TXT "v=spf1 mx -all"
mail 3600 IN A   192.0.2.91
www  3600 IN A   192.0.2.90
ns1  3600 IN A   192.0.2.3
)";

// As its clients get it. The signature over the MX is not one over this MX.
constexpr std::string_view kForgedZone = R"(
@    3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300
@    3600 IN NS  ns1
@    3600 IN A   198.51.100.90
@    3600 IN MX  10 mail.thief.example.
mail 3600 IN A   198.51.100.91
ns1  3600 IN A   198.51.100.3
)";

constexpr std::string_view kRootZone = R"(
.                   86400 IN SOA a.root-servers.example. nstld.example. 1 1800 900 604800 900
.                   86400 IN NS  a.root-servers.example.
a.root-servers.example. 86400 IN A   192.0.2.4
)";

}  // namespace

World demo_world() {
  World world;
  const auto root = world.add_zone(".", kRootZone);
  const auto delegated = [&](std::string_view apex, std::string_view text) {
    const auto zone = world.add_zone(apex, text);
    world.delegate(zone);
    return zone;
  };
  const auto furelo = delegated("furelo.jp", kFureloZone);
  const auto forged = delegated("forged.example", kForgedZone);
  delegated("many-mx.example", many_mx_zone());
  delegated("dual.example", kDualZone);
  delegated("alias-mx.example", kAliasMxZone);
  delegated("small.example", kSmallZone);
  world.sign(root);
  // As most domains of the 2010s are: that makes their ANY so big.
  world.sign(furelo, {.algorithm = dnssec::Algorithm::RsaSha256, .rsa_bits = 2048});
  world.sign(forged);
  world.zone(forged).spoil(wire::Name::literal("forged.example"), wire::Type::MX, bad_signature());
  world.add_host(kDemoRecursor, Role::Recursor);
  return world;
}

dnssec::TrustAnchor demo_trust_anchor(const World& world) {
  const auto root = std::ranges::find_if(world.zones(), [](const Zone& z) { return z.apex().is_root(); });
  if (root == world.zones().end() || root->signer() == nullptr) throw std::runtime_error("no signed root");
  return root->signer()->trust_anchor();
}

std::span<const DemoCase> demo_cases() { return kCases; }

}  // namespace shirube::sim
