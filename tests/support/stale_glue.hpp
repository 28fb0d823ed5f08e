// A zone whose server has moved, while the glue of its parent still has the old address.
// Threads:  the test's.
#pragma once

#include <string_view>

#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"

namespace shirube::test {

inline constexpr std::string_view kOldAddress = "192.0.2.1";
inline constexpr std::string_view kNewAddress = "192.0.2.2";
inline constexpr std::string_view kHosterServer = "192.0.2.9";

// shop. NS ns1.hoster.: the glue in the root has kOldAddress, where `how` is wrong, and the zone hoster.,
// which has a server of its own, has kNewAddress. `more_servers`: further lines of the root about shop.
inline void serve_stale_glue(IteratingHost& home, bool sim::Faults::* how,
                             std::string_view more_servers = "") {
  home.world.zone(0).add(
      fmt::format("shop. 300 NS ns1.hoster.\nns1.hoster. 300 A {}\n{}", kOldAddress, more_servers));
  home.serve("hoster.", "ns1 300 A 192.0.2.2\n@ 300 NS dns\ndns 300 A 192.0.2.9\n", {kHosterServer});
  home.serve("shop.", "@ 300 NS ns1.hoster.\n* 300 A 192.0.2.80\n", {kNewAddress}, Delegated::No);
  home.world.add_host(kOldAddress, sim::Role::Authority);
  home.host(kOldAddress).faults.*how = true;
}

}  // namespace shirube::test
