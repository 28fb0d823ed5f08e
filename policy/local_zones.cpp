#include "policy/local_zones.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace shirube::policy {
namespace {

struct Row {
  std::string_view apex;
  LocalZoneKind kind = LocalZoneKind::Empty;
  const char* loopback = nullptr;
};

constexpr std::string_view kUnspecified =
    "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.";
constexpr const char* kLoopback = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.";

// Zones with a number in them are added by add_range().
constexpr std::array kRows{
    Row{"localhost.", LocalZoneKind::Localhost},  // RFC 6761 §6.3
    Row{"invalid.", LocalZoneKind::Nowhere},      // RFC 6761 §6.4
    Row{"test.", LocalZoneKind::Nowhere},         // RFC 6761 §6.2
    Row{"onion.", LocalZoneKind::Nowhere},        // RFC 7686 §2
    Row{"home.arpa."},                            // RFC 8375 §4
    Row{"resolver.arpa."},                        // RFC 9462 §6.4
    Row{"10.in-addr.arpa."},                      // RFC 6303 §4.1, from here
    Row{"168.192.in-addr.arpa."},
    Row{"0.in-addr.arpa."},  // RFC 6303 §4.2, from here
    Row{"127.in-addr.arpa.", LocalZoneKind::Empty, "1.0.0.127.in-addr.arpa."},
    Row{"254.169.in-addr.arpa."},
    Row{"2.0.192.in-addr.arpa."},
    Row{"100.51.198.in-addr.arpa."},
    Row{"113.0.203.in-addr.arpa."},
    Row{"255.255.255.255.in-addr.arpa."},
    Row{kUnspecified},  // RFC 6303 §4.3
    Row{kLoopback, LocalZoneKind::Empty, kLoopback},
    Row{"d.f.ip6.arpa."},    // RFC 6303 §4.4
    Row{"8.e.f.ip6.arpa."},  // RFC 6303 §4.5, from here
    Row{"9.e.f.ip6.arpa."},
    Row{"a.e.f.ip6.arpa."},
    Row{"b.e.f.ip6.arpa."},
    Row{"8.b.d.0.1.0.0.2.ip6.arpa."},  // RFC 6303 §4.6
};

// "16.172.in-addr.arpa." to "31.172.in-addr.arpa." and the like.
void add_range(std::vector<LocalZone>& zones, unsigned first, unsigned last, std::string_view below) {
  for (unsigned octet = first; octet <= last; ++octet) {
    zones.push_back({.apex = wire::Name::literal(fmt::format("{}.{}", octet, below)), .loopback = {}});
  }
}

bool sorts_before(const wire::Name& a, const wire::Name& b) { return a.compare_canonical(b) < 0; }

std::vector<LocalZone> build_zones() {
  std::vector<LocalZone> zones;
  for (const Row& row : kRows) {
    zones.push_back({.apex = wire::Name::literal(row.apex), .kind = row.kind, .loopback = {}});
    if (row.loopback != nullptr) zones.back().loopback = wire::Name::literal(row.loopback);
  }
  add_range(zones, 16, 31, "172.in-addr.arpa.");   // RFC 6303 §4.1
  add_range(zones, 64, 127, "100.in-addr.arpa.");  // RFC 7793
  std::ranges::sort(zones, sorts_before, &LocalZone::apex);
  return zones;
}

// The top-level domains of `zones`, which are sorted.
std::vector<wire::Name> tops_of(std::span<const LocalZone> zones) {
  std::vector<wire::Name> tops;
  for (const auto& zone : zones) {
    auto top = zone.apex.suffix(1);
    if (tops.empty() || !(tops.back() == top)) tops.push_back(std::move(top));
  }
  return tops;
}

}  // namespace

std::span<const LocalZone> local_zones() {
  static const std::vector<LocalZone> kZones = build_zones();
  return kZones;
}

const LocalZone* find_local_zone(const wire::Name& name) {
  // Nearly no name is local, and few top-level domains have local zones.
  static const std::vector<wire::Name> kTops = tops_of(local_zones());
  const bool may_be = std::ranges::any_of(kTops, [&](const auto& top) { return name.is_within(top); });
  if (!may_be) return nullptr;
  const auto zones = local_zones();
  const auto after = std::ranges::upper_bound(zones, name, sorts_before, &LocalZone::apex);
  if (after == zones.begin()) return nullptr;
  const LocalZone& candidate = *std::prev(after);
  return name.is_within(candidate.apex) ? &candidate : nullptr;
}

}  // namespace shirube::policy
