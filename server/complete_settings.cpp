#include "server/complete_settings.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "conf/own_address.hpp"
#include "conf/resolv_conf.hpp"

namespace shirube::server {
namespace {

[[nodiscard]] bool may_use(const upstream::UpstreamSettings& settings, wire::Family family) {
  return family == wire::Family::V4 ? settings.ipv4 : settings.ipv6 != upstream::Ipv6Transport::No;
}

[[nodiscard]] bool has_root(const upstream::UpstreamSettings& settings) {
  return std::ranges::any_of(settings.forwards,
                             [](const upstream::ZoneServers& f) { return f.zone.is_root(); });
}

[[nodiscard]] std::optional<std::string> own_server_error(const upstream::UpstreamSettings& settings,
                                                          const std::vector<wire::Endpoint>& own) {
  for (const auto& forward : settings.forwards) {
    for (const auto& server : forward.servers) {
      if (conf::is_own_address(server, own)) {
        return fmt::format(
            "[[forward]] for zone {}: {} is an address of this host on which we listen: we would ask "
            "ourselves; take it out of the servers, or list single addresses in server.listen",
            forward.zone.text(), server.text());
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::expected<conf::Settings, std::string> complete_settings(
    conf::Settings settings, std::string_view resolv_conf, const std::vector<wire::Address>& host_addresses) {
  auto& upstream = settings.upstream;
  const auto own = conf::as_reached(settings.server.listen, host_addresses);
  if (auto error = own_server_error(upstream, own)) return std::unexpected(std::move(*error));
  if (!has_root(upstream)) {
    auto servers = conf::upstream_servers(resolv_conf, own);
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
