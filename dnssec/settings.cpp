#include "dnssec/settings.hpp"

#include <algorithm>

namespace shirube::dnssec {

bool is_taken_as_unsigned(const TrustSettings& settings, const wire::Name& name, std::int64_t now) {
  const TrustAnchor* anchor = settings.anchors.closest(name);
  return std::ranges::any_of(settings.unsigned_zones, [&](const NegativeTrustAnchor& negative) {
    const bool holds = !negative.expires || now < *negative.expires;
    return holds && name.is_within(negative.zone) &&
           (anchor == nullptr || negative.zone.is_within(anchor->zone));
  });
}

}  // namespace shirube::dnssec
