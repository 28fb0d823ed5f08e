// What an administrator can say about validation.
// Threads:  values.
// Units:    seconds since 1970.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dnssec/trust_anchors.hpp"

namespace shirube::dnssec {

struct TrustSettings {
  TrustAnchors anchors = {};  // empty: nothing is validated
  std::vector<NegativeTrustAnchor> unsigned_zones = {};
  AlgorithmPolicy policy = {};
  std::optional<std::int64_t> fixed_time = {};  // instead of the host's clock, for tests
  [[nodiscard]] bool validates() const { return !anchors.empty(); }
  friend bool operator==(const TrustSettings&, const TrustSettings&) = default;
};

// The negative trust anchor that holds `name` at `now` and stands at or below `anchor`; false: none.
[[nodiscard]] bool is_taken_as_unsigned(const TrustSettings& settings, const wire::Name& name,
                                        std::int64_t now);

}  // namespace shirube::dnssec
