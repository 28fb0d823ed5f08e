// Address hints in SVCB and HTTPS RDATA, and RDATA without some of them. Internal to policy/.
// Threads:  pure.
// Errors:   malformed RDATA is not changed: nullopt.
// Source:   RFC 9460 §2.2 (RDATA), §7.3 (hints), §8 (mandatory).
#pragma once

#include <optional>

#include "wire/bytes.hpp"
#include "wire/types.hpp"

namespace shirube::policy {

inline constexpr std::uint16_t kIpv4Hint = 4;
inline constexpr std::uint16_t kIpv6Hint = 6;

struct ServiceParameter {
  std::uint16_t key;
  wire::BytesView value;
};

// Should this parameter be removed?
using IsUnwanted = bool (*)(const ServiceParameter&);

[[nodiscard]] inline bool has_service_hints(wire::Type type) {
  return type == wire::Type::SVCB || type == wire::Type::HTTPS;
}

// `rdata` without the unwanted parameters, also in the list of mandatory keys. nullopt: it has none.
[[nodiscard]] std::optional<wire::Bytes> without_parameters(wire::BytesView rdata, IsUnwanted is_unwanted);

}  // namespace shirube::policy
