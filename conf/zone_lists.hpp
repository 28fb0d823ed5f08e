// The lists of zones whose servers an administrator names, [[forward]] and [[stub]]: the same rules hold for
// both.
// Threads:  constants.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "upstream/settings.hpp"

namespace shirube::conf {

struct ZoneList {
  std::string_view name;  // as in [[name]]
  std::vector<upstream::ZoneServers> upstream::UpstreamSettings::* zones;
};

inline constexpr ZoneList kForwards{"forward", &upstream::UpstreamSettings::forwards};
inline constexpr ZoneList kStubs{"stub", &upstream::UpstreamSettings::stubs};
inline constexpr std::array kZoneLists{&kForwards, &kStubs};

}  // namespace shirube::conf
