// Which profile does a query get?
// Threads:  pure; called once a packet on the hit path: no allocation.
#pragma once

#include <cstddef>

#include "policy/settings.hpp"

namespace shirube::policy {

struct ClientTraits {
  wire::Address address;
  bool edns = false;
};

// Index into settings.profiles: the first rule whose conditions all hold, else the default profile. That the
// index is one of settings.profiles is checked when the configuration is loaded.
[[nodiscard]] std::size_t choose_profile(const PolicySettings& settings, const ClientTraits& client);

// The profile with "auto" resolved: what the rewriters work by.
struct Rewrites {
  bool any_fit = false;
  bool fit_512 = false;
  bool ipv4_only = false;
  bool mx_additional = false;
  friend bool operator==(const Rewrites&, const Rewrites&) = default;
};
[[nodiscard]] Rewrites effective_rewrites(const PolicySettings& settings, const Profile& profile,
                                          bool host_has_ipv6_route);

}  // namespace shirube::policy
