// What an administrator can say about clients: who they are, what they can digest, what they may ask.
// Threads:  plain values, immutable once loaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/endpoint.hpp"
#include "wire/name.hpp"

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

// The profiles that exist without configuration, in this order; all have any_fit:
// - "standard": nothing else, the truth;
// - "legacy-512": fit_512; IPv4 only by Auto, for qmail cannot reach an IPv6 host anyway;
// - "squid": IPv4 only by Auto, because Squid waits for A and AAAA and tries IPv6 first;
// - "ipv4-only": IPv4 only whatever the routes say.
// mx_additional is for [[profile]]s: it costs lookups, and few mail programs read the additional section.
[[nodiscard]] std::vector<Profile> built_in_profiles();

struct PolicySettings {
  std::vector<wire::Prefix> allow;  // others get REFUSED (EDE 18)
  std::vector<Profile> profiles = built_in_profiles();
  std::size_t default_profile = 0;
  std::vector<ClientRule> clients;
  // What a profile's Auto follows: On and Off force it, Auto asks the routes. Other profiles ignore it.
  Ipv4Only ipv4_only = Ipv4Only::Auto;
  bool local_names = true;                   // RFC 6761/6303/7686/8375 names are answered here
  bool rebinding_protection = false;         // see rebinding.hpp
  std::vector<wire::Name> rebinding_exempt;  // zones that may have private addresses
  std::string identity;                      // id.server CH TXT; "" = refused
  std::string version;                       // version.bind CH TXT; "" = refused
  friend bool operator==(const PolicySettings&, const PolicySettings&) = default;
};

}  // namespace shirube::policy
