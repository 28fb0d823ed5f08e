// What hosts in the simulation take the time for.
// Threads:  a constant.
// Units:    seconds since 1970.
#pragma once

#include <cstdint>

namespace shirube::sim {

// 2026-11-22T00:00:00Z, when virtual time is zero. A simulation begins a day later.
inline constexpr std::int64_t kSimulatedStart = 1'795'305'600;

}  // namespace shirube::sim
