// The limits of the configuration on the TTLs of an answer, at the place where it is made: some answers were
// never stored (TTL 0, ANY, denials without SOA) or are made here (local names, synthetic denials).
// Threads:  pure.
// Units:    seconds.
// Rules:    a denial goes out with the lower of its SOA's TTL and MINIMUM (RFC 2308 §5). Nothing is raised
//           here: what is left of an answer from the cache may be short.
#pragma once

#include "cache/settings.hpp"
#include "wire/answer.hpp"

namespace shirube::cache {

void limit_ttls(wire::Answer& answer, const CacheSettings& settings);
// No TTL above `most`.
void limit_ttls(wire::Answer& answer, std::uint32_t most);

}  // namespace shirube::cache
