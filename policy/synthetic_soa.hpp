// The SOA record of zones that nobody publishes: those of local_names, and the denial of a withheld AAAA.
// Threads:  pure.
// Units:    seconds.
// Source:   RFC 6303 §3 (the form of the record), RFC 2308 §5 (a denial lives min(SOA TTL, MINIMUM)).
#pragma once

#include <cstdint>

#include "wire/rrset.hpp"

namespace shirube::policy {

// TTL and MINIMUM are both `ttl`: that is how long the denial may be kept.
[[nodiscard]] wire::RRset synthetic_soa(const wire::Name& zone, std::uint32_t ttl);

}  // namespace shirube::policy
