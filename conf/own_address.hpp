// Would a question to this server come back to us? Who asks himself goes round until a budget is spent.
// Threads:  pure.
#pragma once

#include <vector>

#include "wire/endpoint.hpp"

namespace shirube::conf {

[[nodiscard]] bool is_unspecified(const wire::Address& address);  // 0.0.0.0, ::
// 0.0.0.0 and :: as what a client that sends to them reaches: 127.0.0.1 and ::1. Others unmapped.
[[nodiscard]] wire::Address as_destination(const wire::Address& address);

// We listen on it, or on every address and it is a loopback one. The host's other addresses are not known
// here: as_reached() of `listen` tells them.
[[nodiscard]] bool is_own_address(const wire::Endpoint& server, const std::vector<wire::Endpoint>& listen);

// `listen`, and for each 0.0.0.0 or :: in it the host's addresses of that family.
[[nodiscard]] std::vector<wire::Endpoint> as_reached(std::vector<wire::Endpoint> listen,
                                                     const std::vector<wire::Address>& host);

}  // namespace shirube::conf
