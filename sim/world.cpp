#include "sim/world.hpp"

#include <numeric>
#include <ranges>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/authority.hpp"
#include "sim/recursor.hpp"

namespace shirube::sim {
namespace {

constexpr std::uint16_t kDnsPort = 53;

}  // namespace

std::size_t World::add_zone(std::string_view apex, std::string_view text) {
  auto name = wire::Name::parse(apex);
  if (!name) throw std::runtime_error(fmt::format("zone \"{}\": {}", apex, wire::to_text(name.error())));
  zones_.emplace_back(std::move(*name), text);
  return zones_.size() - 1;
}

Host& World::add_host(std::string_view endpoint, Role role, std::vector<std::size_t> zones) {
  const auto at = wire::Endpoint::parse(endpoint, kDnsPort);
  if (!at) throw std::runtime_error(fmt::format("host \"{}\": not an endpoint", endpoint));
  for (const auto zone : zones) {
    if (zone >= zones_.size())
      throw std::runtime_error(fmt::format("host \"{}\": no zone {}", endpoint, zone));
  }
  auto& host = hosts_[*at];
  host =
      Host{.endpoint = *at, .role = role, .zones = std::move(zones), .faults = {}, .script = {}, .link = {}};
  return host;
}

Host* World::host(const wire::Endpoint& endpoint) {
  const auto found = hosts_.find(endpoint);
  return found == hosts_.end() ? nullptr : &found->second;
}

wire::Answer World::truth(const wire::Question& question) const { return resolve(zones_, question); }

std::uint64_t World::queries() const {
  return std::accumulate(hosts_.begin(), hosts_.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& entry) {
                           return sum + entry.second.udp_queries + entry.second.tcp_queries;
                         });
}

wire::Bytes World::respond(const Host& host, wire::BytesView query, bool over_tcp,
                           std::uint64_t random) const {
  const Manner manner{.role = host.role, .faults = host.faults, .over_tcp = over_tcp, .random = random};
  return reply_to(query, manner,
                  [this, &host](const wire::Question& question) { return look_up(host, question); });
}

wire::Answer World::look_up(const Host& host, const wire::Question& question) const {
  if (host.script) {
    if (auto scripted = host.script(question)) return std::move(*scripted);
  }
  if (host.role == Role::Recursor) return truth(question);
  const auto served =
      host.zones | std::views::transform([this](std::size_t index) { return &zones_[index]; });
  if (const auto* zone = closest_zone(served, question)) return zone->lookup(question);
  wire::Answer refused;
  refused.rcode = wire::Rcode::Refused;
  return refused;
}

}  // namespace shirube::sim
