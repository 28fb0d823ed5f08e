#include <catch2/catch.hpp>

#include "policy/settings.hpp"

using namespace shirube::policy;

TEST_CASE("the built-in profiles") {
  const auto profiles = built_in_profiles();
  REQUIRE(profiles.size() == 4);
  CHECK(profiles[0] == Profile{.name = "standard",
                               .any_fit = true,
                               .fit_512 = false,
                               .ipv4_only = Ipv4Only::Off,
                               .mx_additional = false});
  CHECK(profiles[1] == Profile{.name = "legacy-512",
                               .any_fit = true,
                               .fit_512 = true,
                               .ipv4_only = Ipv4Only::Auto,
                               .mx_additional = false});
  CHECK(profiles[2] == Profile{.name = "squid",
                               .any_fit = true,
                               .fit_512 = false,
                               .ipv4_only = Ipv4Only::Auto,
                               .mx_additional = false});
  CHECK(profiles[3] == Profile{.name = "ipv4-only",
                               .any_fit = true,
                               .fit_512 = false,
                               .ipv4_only = Ipv4Only::On,
                               .mx_additional = false});
}
