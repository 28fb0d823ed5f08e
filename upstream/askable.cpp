#include "upstream/askable.hpp"

#include <algorithm>

namespace shirube::upstream {

bool is_ourselves(const UpstreamSettings& settings, const wire::Endpoint& server) {
  return std::ranges::find(settings.own, server) != settings.own.end();
}

bool may_ask(const UpstreamSettings& settings, const wire::Address& address) {
  const auto plain = address.unmapped();
  const bool unspecified = std::ranges::all_of(plain.bytes, [](std::uint8_t byte) { return byte == 0; });
  if (unspecified || is_ourselves(settings, {plain, kDnsPort})) return false;
  return std::ranges::none_of(settings.do_not_query,
                              [&](const wire::Prefix& prefix) { return prefix.contains(plain); });
}

bool can_reach(const UpstreamSettings& settings, const Network& network, wire::Family family) {
  if (family == wire::Family::V4) return settings.ipv4;
  if (settings.ipv6 == Ipv6Transport::Auto) return network.has_route(family);
  return settings.ipv6 == Ipv6Transport::Yes;
}

}  // namespace shirube::upstream
