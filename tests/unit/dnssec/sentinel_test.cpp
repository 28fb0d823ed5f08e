#include "dnssec/sentinel.hpp"

#include <catch2/catch.hpp>

#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

// 20326 and 38696 by their DS, and one by its key.
const TrustSettings& trust() {
  static const TrustSettings kTrust = [] {
    TrustSettings settings;
    TrustAnchor root = built_in_root_anchor();
    root.dnskeys.add(wire::parse_rdata(wire::Type::DNSKEY, "257 3 13 AQIDBAUGBwg=").value());
    settings.anchors.add(root);
    settings.anchors.add({.zone = wire::Name::literal("example.")});
    return settings;
  }();
  return kTrust;
}

bool fails(std::string_view name, wire::Type type = wire::Type::A) {
  return sentinel_fails({wire::Name::literal(name), type, wire::Class::IN}, trust());
}

TEST_CASE("is-ta fails for keys that are not trusted") {
  CHECK_FALSE(fails("root-key-sentinel-is-ta-20326.example."));
  CHECK_FALSE(fails("root-key-sentinel-is-ta-38696.example.", wire::Type::AAAA));
  CHECK(fails("root-key-sentinel-is-ta-19036.example."));
  CHECK(fails("root-key-sentinel-is-ta-00000.example.", wire::Type::AAAA));
}

TEST_CASE("not-ta fails for keys that are trusted") {
  CHECK(fails("root-key-sentinel-not-ta-20326.example."));
  CHECK(fails("root-key-sentinel-not-ta-38696.example.", wire::Type::AAAA));
  CHECK_FALSE(fails("root-key-sentinel-not-ta-19036.example."));
}

TEST_CASE("a key that is known itself counts by its tag") {
  const auto key = *trust().anchors.closest(wire::Name())->dnskeys.begin();
  unsigned tag = 0;
  for (std::size_t i = 0; i < key.size(); ++i) tag += i % 2 == 0 ? key[i] * 256U : key[i];
  const auto text = "0000" + std::to_string((tag + (tag >> 16)) & 0xFFFF);
  const auto digits = text.substr(text.size() - 5);
  CHECK(fails("root-key-sentinel-not-ta-" + digits + ".example."));
  CHECK_FALSE(fails("root-key-sentinel-is-ta-" + digits + ".example."));
}

TEST_CASE("letters' case does not matter, and the zone neither") {
  CHECK(fails("ROOT-key-Sentinel-IS-ta-19036.example."));
  CHECK(fails("root-key-sentinel-is-ta-19036."));
}

TEST_CASE("every other name is none of ours") {
  for (const auto* name :
       {"root-key-sentinel-is-ta-1903.example.", "root-key-sentinel-is-ta-019036.example.",
        "root-key-sentinel-is-ta-99999.example.", "root-key-sentinel-is-ta-.example.",
        "root-key-sentinel-is-ta-19o36.example.", "root-key-sentinel-is-ta--9036.example.",
        "root-key-sentinel-ta-19036.example.", "xroot-key-sentinel-is-ta-19036.example.",
        "www.root-key-sentinel-is-ta-19036.example.", "root-key-sentinel-is-ta-19036x.example.", "."}) {
    CAPTURE(name);
    CHECK_FALSE(fails(name));
  }
}

TEST_CASE("only addresses of the Internet are asked for") {
  CHECK_FALSE(fails("root-key-sentinel-is-ta-19036.example.", wire::Type::TXT));
  CHECK_FALSE(fails("root-key-sentinel-is-ta-19036.example.", wire::Type::ANY));
  CHECK_FALSE(sentinel_fails(
      {wire::Name::literal("root-key-sentinel-is-ta-19036.example."), wire::Type::A, wire::Class::CH},
      trust()));
}

TEST_CASE("keys of other zones do not count") {
  TrustSettings settings;
  TrustAnchor example = built_in_root_anchor();
  example.zone = wire::Name::literal("example.");
  settings.anchors.add(example);
  CHECK(sentinel_fails(
      {wire::Name::literal("root-key-sentinel-is-ta-20326.example."), wire::Type::A, wire::Class::IN},
      settings));
}

}  // namespace
}  // namespace shirube::dnssec
