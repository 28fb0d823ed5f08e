// The name servers of a resolv.conf that are not ourselves: whom to ask when no [[forward]] is set.
// Threads:  pure.
// Rules:    resolv.conf(5) as glibc reads it, but up to kMaxServersPerZone servers. "nameserver 0.0.0.0" and
//           "::" reach 127.0.0.1 and ::1, so they are ourselves too when we listen there. An address with a
//           scope ("fe80::1%eth0") is left out.
#pragma once

#include <string_view>
#include <vector>

#include "wire/endpoint.hpp"

namespace shirube::conf {

// Servers in file order, port 53, without those where `listen` (on port 53) would be asked again.
[[nodiscard]] std::vector<wire::Endpoint> upstream_servers(std::string_view resolv_conf,
                                                           const std::vector<wire::Endpoint>& listen);

}  // namespace shirube::conf
