// The table of zones that are answered here.
// Threads:  built on first use, read-only after.
// Rules:    no zone of the table lies inside another: so the last zone that sorts before a name is the only
//           one that can hold it, and finding it is one binary search.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/name.hpp"

namespace shirube::policy {

enum class LocalZoneKind : std::uint8_t {
  Empty,      // exists, delegated by its parent, has nothing but SOA and NS (RFC 6303 §3)
  Localhost,  // every name in it is this host (RFC 6761 §6.3)
  Nowhere,    // does not exist, and nobody shall ask for it (RFC 6761 §6.2, §6.4, RFC 7686 §2)
};

struct LocalZone {
  wire::Name apex;
  LocalZoneKind kind = LocalZoneKind::Empty;
  std::optional<wire::Name> loopback;  // the one name in it that has a PTR to localhost
};

// In canonical order.
[[nodiscard]] std::span<const LocalZone> local_zones();
// nullptr: none holds it.
[[nodiscard]] const LocalZone* find_local_zone(const wire::Name& name);

}  // namespace shirube::policy
