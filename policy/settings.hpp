// What an administrator can say about clients: who they are, what they can digest, what they may ask.
// Threads:  plain values, immutable once loaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/endpoint.hpp"

namespace shirube::policy {

enum class Ipv4Only : std::uint8_t { Off, On, Auto };  // Auto: on while the host has no IPv6 default route

// A named bundle of rewrites.
struct Profile {
  std::string name;
  bool any_fit = true;
  bool fit_512 = false;
  Ipv4Only ipv4_only = Ipv4Only::Off;
  bool mx_additional = false;
  friend bool operator==(const Profile&, const Profile&) = default;
};

// First rule that matches decides. An empty condition matches everyone.
struct ClientRule {
  std::vector<wire::Prefix> from;
  std::optional<bool> edns;  // true: only queries with an OPT record, false: only those without
  std::size_t profile = 0;   // index into PolicySettings::profiles
  friend bool operator==(const ClientRule&, const ClientRule&) = default;
};

// The profiles that exist without configuration: "standard", "legacy-512", "squid", "ipv4-only", in this order.
[[nodiscard]] std::vector<Profile> built_in_profiles();

struct PolicySettings {
  std::vector<wire::Prefix> allow;  // others get REFUSED (EDE 18)
  std::vector<Profile> profiles = built_in_profiles();
  std::size_t default_profile = 0;
  std::vector<ClientRule> clients;
  Ipv4Only ipv4_only = Ipv4Only::Auto;  // what Auto in a profile follows: On/Off force it, Auto asks the routes
  bool local_names = true;              // RFC 6761/6303/7686/8375 names are answered here
  std::string identity;                 // id.server CH TXT; "" = refused
  std::string version;                  // version.bind CH TXT; "" = refused
  friend bool operator==(const PolicySettings&, const PolicySettings&) = default;
};

}  // namespace shirube::policy
