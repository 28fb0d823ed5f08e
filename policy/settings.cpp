#include "policy/settings.hpp"

namespace shirube::policy {

std::vector<Profile> built_in_profiles() {
  return {
      {.name = "standard"},
      {.name = "legacy-512", .fit_512 = true, .ipv4_only = Ipv4Only::Auto},
      {.name = "squid", .ipv4_only = Ipv4Only::Auto},
      {.name = "ipv4-only", .ipv4_only = Ipv4Only::On},
  };
}

}  // namespace shirube::policy
