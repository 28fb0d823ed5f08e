// The name servers of a resolv.conf that are not ourselves: the upstream of last resort when no [[forward]] is set.
// Threads:  pure.
// Rules:    resolv.conf(5); glibc takes "nameserver 0.0.0.0" and "::" as loopback, so these are ourselves too when we listen there.
#pragma once

#include <string_view>
#include <vector>

#include "wire/endpoint.hpp"

namespace shirube::conf {

// Servers in file order, port 53, without those where `listen` (on port 53) would be asked again.
[[nodiscard]] std::vector<wire::Endpoint> upstream_servers(std::string_view resolv_conf,
                                                           const std::vector<wire::Endpoint>& listen);

}  // namespace shirube::conf
