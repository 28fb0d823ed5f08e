// DrawnWorld: a small internet that a seed decides: a root, a few TLDs, some zones at varying depths, and the
// machines that serve them.
// Threads:  values.
// Rules:    each zone has a server that IPv4 reaches, and needs no zone to be found that needs it: when nothing
//           is wrong, all of it resolves. What does not is drawn on purpose, and the truth of it is SERVFAIL:
//           loops of aliases, zones whose servers' names lie in each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/world.hpp"
#include "tests/simulation/dice.hpp"
#include "upstream/settings.hpp"

namespace shirube::simulation {

// Where the resolver itself listens; nobody may make it ask there.
inline constexpr std::string_view kOwnAddress = "192.0.2.250";
// What scripts say instead of the truth, and where somebody answers everything so.
inline constexpr std::string_view kEvilAddress = "203.0.113.200";

// One server: an address or two, the same zones at both.
struct Machine {
  std::vector<wire::Address> addresses;
  bool is_recursor = false;
  bool serves_many = false;  // the root or a TLD: such never lie, or nothing would be left to check
};

enum class Trust : std::uint8_t { Insecure, Secure, Bogus };

// How a zone is signed, and what a resolver must make of it.
struct Security {
  Trust trust = Trust::Insecure;
  bool is_signed = false;
  bool has_ds = false;                       // the zone above says so
  bool supported = true;                     // the algorithm
  bool broken = false;                       // nothing of it validates
  bool gaps = false;                         // opt-out
  bool vague = false;                        // NSEC3 with too many iterations
  bool below_vague = false;                  // below such a zone that is secure: its servers may deny any DS
  bool doubtful = false;                     // an empty name of it lies between: they need not even lie
  bool compact = false;                      // RFC 9824
  bool hampered = false;                     // servers are named in zones that are bogus
  std::optional<sim::RRsetKey> spoilt = {};  // does not validate
};

struct DrawnZone {
  wire::Name apex;
  std::size_t index = 0;                   // in the World
  std::optional<std::size_t> parent;       // in DrawnWorld::zones; none: the root
  std::vector<std::size_t> machines;       // of its delegation
  std::vector<std::size_t> names_come_of;  // other zones in which names of its servers lie
  std::size_t sideways = 0;                // how many zones have to be found first to find its servers
  std::uint32_t ttl = 0;                   // of its records
  std::uint32_t delegation_ttl = 0;        // of the NS above
  bool by_hand = false;                    // an administrator says whom to ask
  Security security = {};
};

struct DrawnWorld {
  sim::World world;  // whoever runs it takes it out
  std::vector<Machine> machines;
  std::vector<DrawnZone> zones;  // parents first
  std::vector<wire::Question> questions;
  upstream::UpstreamSettings settings;
  bool may_deny_empty_non_terminals =
      false;  // servers may do that; then nobody asks for such names themselves
};

[[nodiscard]] DrawnWorld draw_world(Dice dice);

// The place in `zones` of the deepest zone that holds `name`.
[[nodiscard]] std::size_t deepest_zone(const DrawnWorld& drawn, const wire::Name& name);

}  // namespace shirube::simulation
