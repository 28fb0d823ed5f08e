#include "server/complete_settings.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "conf/own_address.hpp"
#include "conf/resolv_conf.hpp"
#include "conf/zone_lists.hpp"

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
                                                          const conf::ZoneList& list) {
  for (const auto& zone : settings.*list.zones) {
    for (const auto& server : zone.servers) {
      if (!conf::is_own_address(server, settings.own)) continue;
      return fmt::format(
          "[[{}]] for zone {}: {} is an address of this host on which we listen: we would ask "
          "ourselves; take it out of the servers, or list single addresses in server.listen",
          list.name, zone.zone.text(), server.text());
    }
  }
  return std::nullopt;
}

// The zone of the list that loses all of its servers.
[[nodiscard]] std::optional<std::string> drop_unusable(upstream::UpstreamSettings& settings,
                                                       const conf::ZoneList& list) {
  for (auto& zone : settings.*list.zones) {
    std::erase_if(zone.servers,
                  [&](const wire::Endpoint& e) { return !may_use(settings, e.address.family); });
    if (!zone.servers.empty()) continue;
    return fmt::format("no server is left for zone {}: resolve.ipv4 and resolve.ipv6 switch all of them off",
                       zone.zone.text());
  }
  return std::nullopt;
}

// In the mode that forwards, the host has to name whom to ask when the configuration does not.
[[nodiscard]] std::optional<std::string> add_forward_of_host(upstream::UpstreamSettings& settings,
                                                             std::string_view resolv_conf) {
  if (settings.mode != upstream::Mode::Forward || has_root(settings)) return std::nullopt;
  auto servers = conf::upstream_servers(resolv_conf, settings.own);
  if (!servers.empty()) settings.forwards.push_back({wire::Name(), std::move(servers)});
  if (!settings.forwards.empty() || !settings.stubs.empty()) return std::nullopt;
  return "nobody to ask: resolve.mode is \"forward\", there is no [[forward]] in the configuration, and "
         "/etc/resolv.conf names no server but ourselves; add [[forward]] zone = \".\" servers = "
         "[\"ADDRESS\"], or "
         "set resolve.mode = \"iterate\"";
}

}  // namespace

std::expected<conf::Settings, std::string> complete_settings(
    conf::Settings settings, std::string_view resolv_conf, const std::vector<wire::Address>& host_addresses) {
  auto& upstream = settings.upstream;
  upstream.own = conf::as_reached(settings.server.listen, host_addresses);
  for (const auto* list : conf::kZoneLists)
    if (auto error = own_server_error(upstream, *list)) return std::unexpected(std::move(*error));
  if (auto error = add_forward_of_host(upstream, resolv_conf)) return std::unexpected(std::move(*error));
  for (const auto* list : conf::kZoneLists)
    if (auto error = drop_unusable(upstream, *list)) return std::unexpected(std::move(*error));
  return settings;
}

}  // namespace shirube::server
