// How many descriptors the process may open: the soft limit of 1024 that most shells give is less than a
// flood of slow names and a few hundred TCP clients need, and running out would lock clients out.
// Threads:  start-up.
#pragma once

#include <cstddef>

namespace shirube::server {

// Raises the soft limit to `wanted`, as far as the hard limit lets. Returns what is in force then.
[[nodiscard]] std::size_t raise_descriptor_limit(std::size_t wanted);

}  // namespace shirube::server
