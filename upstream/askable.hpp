// Which addresses out of the DNS are asked at all, and over which family.
// Threads:  pure.
// Rules:    never ourselves (a loop), never 0.0.0.0 or :: (most systems take them for this host,
//           CVE-2026-50251), never multicast, broadcast or IPv4-mapped addresses, never what the
//           administrator forbids.
#pragma once

#include "upstream/network.hpp"
#include "upstream/settings.hpp"

namespace shirube::upstream {

// For an address that came out of the DNS; asked at wire::kDnsPort.
[[nodiscard]] bool may_ask(const UpstreamSettings& settings, const wire::Address& address);
// The same for a server of the root zone: do-not-query does not bar the addresses that the hints have.
[[nodiscard]] bool may_ask_for_root(const UpstreamSettings& settings, const wire::Address& address);
// For one that the administrator wrote.
[[nodiscard]] bool is_ourselves(const UpstreamSettings& settings, const wire::Endpoint& server);
// By the settings alone.
[[nodiscard]] bool may_use(const UpstreamSettings& settings, wire::Family family);
// Is there, by settings and routes, a way over this family now?
[[nodiscard]] bool can_reach(const UpstreamSettings& settings, const Network& network, wire::Family family);

}  // namespace shirube::upstream
