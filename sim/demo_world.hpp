// The world of `shirube demo`: domains that break old mail hosts and proxies, behind one recursor.
// Threads:  any.
// Rules:    names for documentation (RFC 2606) and furelo.jp; addresses for documentation (RFC 5737, RFC
//           3849). Keys and signatures have the sizes of RSA-2048 but are noise: no parent holds a DS, so
//           nobody may take them for proof.
#pragma once

#include <span>
#include <string_view>

#include "sim/world.hpp"

namespace shirube::sim {

inline constexpr std::string_view kDemoRecursor = "192.0.2.53:53";

// One Recursor at kDemoRecursor; a root zone, so that other names do not exist.
[[nodiscard]] World demo_world();

struct DemoCase {
  std::string_view domain;
  std::string_view story;
};
[[nodiscard]] std::span<const DemoCase> demo_cases();

}  // namespace shirube::sim
