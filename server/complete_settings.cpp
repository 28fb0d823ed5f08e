#include "server/complete_settings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "conf/resolv_conf.hpp"

namespace shirube::server {
namespace {

[[nodiscard]] bool may_use(const upstream::UpstreamSettings& settings, wire::Family family) {
  return family == wire::Family::V4 ? settings.ipv4 : settings.ipv6 != upstream::Ipv6Transport::No;
}

[[nodiscard]] bool has_root(const upstream::UpstreamSettings& settings) {
  return std::ranges::any_of(settings.forwards,
                             [](const upstream::ForwardZone& f) { return f.zone.is_root(); });
}

}  // namespace

std::expected<conf::Settings, std::string> complete_settings(conf::Settings settings,
                                                             std::string_view resolv_conf) {
  auto& upstream = settings.upstream;
  if (!has_root(upstream)) {
    auto servers = conf::upstream_servers(resolv_conf, settings.server.listen);
    if (!servers.empty()) upstream.forwards.push_back({wire::Name(), std::move(servers)});
  }
  if (upstream.forwards.empty()) {
    return std::unexpected(
        "nobody to ask: there is no [[forward]] in the configuration, and /etc/resolv.conf names no server "
        "but ourselves; "
        "add [[forward]] zone = \".\" servers = [\"ADDRESS\"]");
  }
  for (auto& forward : upstream.forwards) {
    std::erase_if(forward.servers,
                  [&](const wire::Endpoint& e) { return !may_use(upstream, e.address.family); });
    if (!forward.servers.empty()) continue;
    return std::unexpected(
        fmt::format("no server is left for zone {}: resolve.ipv4 and resolve.ipv6 switch all of them off",
                    forward.zone.text()));
  }
  return settings;
}

}  // namespace shirube::server
