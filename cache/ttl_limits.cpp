#include "cache/ttl_limits.hpp"

#include <algorithm>
#include <vector>

namespace shirube::cache {
namespace {

void limit(std::vector<wire::RRset>& section, std::uint32_t most) {
  for (wire::RRset& rrset : section) rrset.ttl = std::min(rrset.ttl, most);
}

std::uint32_t seconds(wire::Seconds lifetime) { return static_cast<std::uint32_t>(lifetime.count()); }

}  // namespace

void limit_ttls(wire::Answer& answer, std::uint32_t most) {
  limit(answer.answer, most);
  limit(answer.authority, most);
  limit(answer.additional, most);
}

void limit_ttls(wire::Answer& answer, const CacheSettings& settings) {
  limit_ttls(answer, seconds(settings.max_ttl));
  const auto soa = std::ranges::find(answer.authority, wire::Type::SOA, &wire::RRset::type);
  if (soa == answer.authority.end() || soa->rdatas.empty()) return;
  const auto fields = wire::read_soa(*soa->rdatas.begin());
  const std::uint32_t minimum = fields ? fields->minimum : 0;
  limit(answer.authority, std::min(minimum, seconds(settings.negative_max_ttl)));
}

}  // namespace shirube::cache
