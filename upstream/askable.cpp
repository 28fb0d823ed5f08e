#include "upstream/askable.hpp"

#include <algorithm>

namespace shirube::upstream {
namespace {

// An address that another host can have, and that is not one of this resolver.
[[nodiscard]] bool is_server(const UpstreamSettings& settings, const wire::Address& address) {
  const bool unspecified = std::ranges::all_of(address.bytes, [](std::uint8_t byte) { return byte == 0; });
  // An IPv4-mapped IPv6 address would bypass a switched-off address family.
  const bool mapped = address.unmapped() != address;
  const bool many = address.family == wire::Family::V4 ? address.bytes[0] >= 224 : address.bytes[0] == 0xff;
  return !unspecified && !mapped && !many && !is_ourselves(settings, {address, wire::kDnsPort});
}

}  // namespace

bool is_ourselves(const UpstreamSettings& settings, const wire::Endpoint& server) {
  return std::ranges::find(settings.own, server) != settings.own.end();
}

bool may_ask(const UpstreamSettings& settings, const wire::Address& address) {
  return is_server(settings, address) &&
         std::ranges::none_of(settings.do_not_query,
                              [&](const wire::Prefix& prefix) { return prefix.contains(address); });
}

bool may_ask_for_root(const UpstreamSettings& settings, const wire::Address& address) {
  const bool is_hint = std::ranges::any_of(settings.root_hints, [&](const RootServer& server) {
    return std::ranges::find(server.addresses, address) != server.addresses.end();
  });
  return is_hint ? is_server(settings, address) : may_ask(settings, address);
}

bool may_use(const UpstreamSettings& settings, wire::Family family) {
  return family == wire::Family::V4 ? settings.ipv4 : settings.ipv6 != Ipv6Transport::No;
}

bool can_reach(const UpstreamSettings& settings, const Network& network, wire::Family family) {
  const bool follows_routes = family == wire::Family::V6 && settings.ipv6 == Ipv6Transport::Auto;
  return may_use(settings, family) && (!follows_routes || network.has_route(family));
}

}  // namespace shirube::upstream
