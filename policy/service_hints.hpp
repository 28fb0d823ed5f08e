// Address hints in SVCB and HTTPS RDATA, and RDATA without some of them. Internal to policy/.
// Threads:  pure.
// Errors:   Malformed is a value of the result: the caller decides about such a record.
// Source:   RFC 9460 §2.2 (RDATA), §7.3 (hints), §8 (mandatory).
#pragma once

#include <cstdint>
#include <variant>

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

struct Unchanged {};  // it has none of the unwanted parameters
struct Malformed {};  // its parameters cannot be read, so nothing is known about its hints
// Bytes: the RDATA without the unwanted parameters.
using Stripped = std::variant<Unchanged, Malformed, wire::Bytes>;

// Removes the unwanted parameters from `rdata`, and their keys from the list of mandatory keys.
[[nodiscard]] Stripped without_parameters(wire::BytesView rdata, IsUnwanted is_unwanted);

}  // namespace shirube::policy
