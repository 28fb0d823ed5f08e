#include <catch2/catch.hpp>

#include "policy/profile_choice.hpp"

using namespace shirube::policy;

namespace {

bool ipv4_only(Ipv4Only setting, Ipv4Only profile, bool has_route) {
  PolicySettings settings;
  settings.ipv4_only = setting;
  return effective_rewrites(settings, {.name = "p", .ipv4_only = profile}, has_route).ipv4_only;
}

}  // namespace

TEST_CASE("auto follows the host's IPv6 route") {
  CHECK(ipv4_only(Ipv4Only::Auto, Ipv4Only::Auto, false));
  CHECK_FALSE(ipv4_only(Ipv4Only::Auto, Ipv4Only::Auto, true));
}

TEST_CASE("the setting forces what auto means") {
  CHECK(ipv4_only(Ipv4Only::On, Ipv4Only::Auto, true));
  CHECK_FALSE(ipv4_only(Ipv4Only::Off, Ipv4Only::Auto, false));
}

TEST_CASE("a profile that says on or off is not concerned") {
  CHECK(ipv4_only(Ipv4Only::Off, Ipv4Only::On, true));
  CHECK_FALSE(ipv4_only(Ipv4Only::On, Ipv4Only::Off, false));
}

TEST_CASE("the other rewrites are taken over as they are") {
  const Profile profile{
      .name = "p", .any_fit = false, .fit_512 = true, .ipv4_only = Ipv4Only::Off, .mx_additional = true};
  CHECK(effective_rewrites({}, profile, true) ==
        Rewrites{.any_fit = false, .fit_512 = true, .ipv4_only = false, .mx_additional = true});
}
