// The addresses of the host's interfaces: whoever listens on 0.0.0.0 or :: is reached by all of them.
// Threads:  anywhere; asks the kernel.
// Errors:   none: what cannot be found out is not in the list.
#pragma once

#include <vector>

#include "wire/endpoint.hpp"

namespace shirube::server {

[[nodiscard]] std::vector<wire::Address> host_addresses();

}  // namespace shirube::server
