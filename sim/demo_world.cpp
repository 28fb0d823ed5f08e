#include "sim/demo_world.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

#include "sim/seeded_random.hpp"

namespace shirube::sim {
namespace {

constexpr std::array kCases{
    DemoCase{"furelo.jp", "Signed with RSA-2048: its ANY answer is 2.9 kB, and qmail reads 512 bytes."},
    DemoCase{"many-mx.example", "24 mail exchangers: the MX answer is over 1 kB."},
    DemoCase{"dual.example", "IPv6 everywhere: an IPv4-only host waits for addresses that it cannot reach."},
    DemoCase{"alias-mx.example", "Its MX is an alias (CNAME), which RFC 2181 forbids and many do."},
    DemoCase{"small.example", "Small and plain: works for everybody."},
};

constexpr std::size_t kRsa2048Modulus = 256;
constexpr int kManyExchangers = 24;

// A modulus or signature that nobody made.
[[nodiscard]] wire::Bytes noise(SeededRandom& random) {
  wire::Bytes bytes(kRsa2048Modulus);
  random.fill(bytes);
  return bytes;
}

// RFC 4648 §4.
[[nodiscard]] std::string base64(wire::BytesView bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto left = bytes.size() - i;
    const auto group = (std::uint32_t{bytes[i]} << 16) | (left > 1 ? std::uint32_t{bytes[i + 1]} << 8 : 0) |
                       (left > 2 ? std::uint32_t{bytes[i + 2]} : 0);
    text += kDigits[group >> 18];
    text += kDigits[(group >> 12) & 63];
    text += left > 1 ? kDigits[(group >> 6) & 63] : '=';
    text += left > 2 ? kDigits[group & 63] : '=';
  }
  return text;
}

[[nodiscard]] std::string dnskey(int flags, SeededRandom& random) {
  wire::Bytes key{3, 1, 0, 1};  // RFC 3110 §2: exponent 65537, then the modulus
  const auto modulus = noise(random);
  key.insert(key.end(), modulus.begin(), modulus.end());
  return fmt::format("@ 3600 IN DNSKEY {} 3 8 {}\n", flags, base64(key));
}

[[nodiscard]] std::string rrsig(std::string_view covered, int ttl, SeededRandom& random) {
  return fmt::format("@ {} IN RRSIG {} 8 2 {} 20380101000000 20250101000000 36077 furelo.jp. {}\n", ttl,
                     covered, ttl, base64(noise(random)));
}

// The apex has what a signed zone in the middle of a key rollover has: one KSK, two ZSKs, a signature for
// each RRset.
[[nodiscard]] std::string furelo_zone() {
  SeededRandom random(2048);
  std::string text = R"(
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
)";
  for (const int flags : {257, 256, 256}) text += dnskey(flags, random);
  for (const std::string_view covered : {"SOA", "NS", "A", "MX", "TXT", "DNSKEY"})
    text += rrsig(covered, 3600, random);
  return text;
}

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

constexpr std::string_view kRootZone = R"(
.                   86400 IN SOA a.root-servers.example. nstld.example. 1 1800 900 604800 900
.                   86400 IN NS  a.root-servers.example.
a.root-servers.example. 86400 IN A   192.0.2.4
)";

}  // namespace

World demo_world() {
  World world;
  world.add_zone(".", kRootZone);
  for (const auto zone :
       {world.add_zone("furelo.jp", furelo_zone()), world.add_zone("many-mx.example", many_mx_zone()),
        world.add_zone("dual.example", kDualZone), world.add_zone("alias-mx.example", kAliasMxZone),
        world.add_zone("small.example", kSmallZone)})
    world.delegate(zone);
  world.add_host(kDemoRecursor, Role::Recursor);
  return world;
}

std::span<const DemoCase> demo_cases() { return kCases; }

}  // namespace shirube::sim
