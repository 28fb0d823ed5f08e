// Applies the TTL limits of the configuration to an answer that was not taken from the cache: answers that
// are never stored (TTL 0, ANY, denials without SOA), and answers made here (local names, synthetic denials).
// Threads:  pure.
// Units:    seconds.
// Rules:    a denial is sent with the lower of its SOA's TTL and MINIMUM (RFC 2308 §5). No TTL is raised
//           here, because the remaining TTL of a cached answer may be short.
#pragma once

#include "cache/settings.hpp"
#include "wire/answer.hpp"

namespace shirube::cache {

void limit_ttls(wire::Answer& answer, const CacheSettings& settings);
// Lowers each TTL to `most`.
void limit_ttls(wire::Answer& answer, std::uint32_t most);

}  // namespace shirube::cache
