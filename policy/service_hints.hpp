// Address hints in SVCB and HTTPS RDATA, and RDATA without some of them. Internal to policy/.
// Threads:  pure.
// Errors:   RDATA that is not well-formed is left alone: nullopt.
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

// Is this parameter to go?
using IsUnwanted = bool (*)(const ServiceParameter&);

[[nodiscard]] inline bool has_service_hints(wire::Type type) {
  return type == wire::Type::SVCB || type == wire::Type::HTTPS;
}

// `rdata` without the parameters that are unwanted, in the list of mandatory keys neither. nullopt: none is.
[[nodiscard]] std::optional<wire::Bytes> without_parameters(wire::BytesView rdata, IsUnwanted is_unwanted);

}  // namespace shirube::policy
