// The world of `shirube demo`: domains that break old mail hosts and proxies, behind one recursor that
// validates nothing.
// Threads:  any.
// Rules:    names for documentation (RFC 2606) and furelo.jp; addresses for documentation (RFC 5737, RFC
//           3849). The root is signed; what is below it only where its case says so.
#pragma once

#include <span>
#include <string_view>

#include "sim/world.hpp"

namespace shirube::sim {

inline constexpr std::string_view kDemoRecursor = "192.0.2.53:53";

// One Recursor at kDemoRecursor; a root zone, so that other names do not exist.
[[nodiscard]] World demo_world();

// What the root's keys vouch for: whoever begins at it can validate everything in this world.
[[nodiscard]] dnssec::TrustAnchor demo_trust_anchor(const World& world);

enum class DemoTrust : std::uint8_t {
  Unsigned,
  Signed,
  Forged,  // signed, but its MX is not the one that was
};

struct DemoCase {
  std::string_view domain;
  std::string_view story;
  DemoTrust trust = DemoTrust::Unsigned;
};
[[nodiscard]] std::span<const DemoCase> demo_cases();

}  // namespace shirube::sim
