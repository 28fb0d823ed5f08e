#include "sim/world.hpp"

#include <numeric>
#include <ranges>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/authority.hpp"
#include "sim/recursor.hpp"

namespace shirube::sim {
namespace {}  // namespace

std::size_t World::add_zone(std::string_view apex, std::string_view text) {
  auto name = wire::Name::parse(apex);
  if (!name) throw std::runtime_error(fmt::format("zone \"{}\": {}", apex, wire::to_text(name.error())));
  return add_zone(Zone(std::move(*name), text));
}

std::size_t World::add_zone(Zone zone) {
  zones_.push_back(std::move(zone));
  return zones_.size() - 1;
}

Host& World::add_host(std::string_view endpoint, Role role, std::vector<std::size_t> zones) {
  const auto at = wire::Endpoint::parse(endpoint, wire::kDnsPort);
  if (!at) throw std::runtime_error(fmt::format("host \"{}\": not an endpoint", endpoint));
  for (const auto zone : zones) {
    if (zone >= zones_.size())
      throw std::runtime_error(fmt::format("host \"{}\": no zone {}", endpoint, zone));
  }
  auto& host = hosts_[*at];
  host = Host{.endpoint = *at,
              .role = role,
              .zones = std::move(zones),
              .faults = {},
              .script = {},
              .forger = {},
              .link = {}};
  return host;
}

Host& World::serve(std::string_view endpoint, std::size_t zone) {
  const auto at = wire::Endpoint::parse(endpoint, wire::kDnsPort);
  auto* host = at ? this->host(*at) : nullptr;
  if (host == nullptr) return add_host(endpoint, Role::Authority, {zone});
  host->zones.push_back(zone);
  return *host;
}

void World::delegate(std::size_t index) {
  const auto& child = zones_[index];
  const auto* servers = child.find(child.apex(), wire::Type::NS);
  auto* parent = zone_above(child);
  if (servers == nullptr || parent == nullptr)
    throw std::runtime_error(fmt::format("zone \"{}\" cannot be delegated", child.apex().text()));
  parent->put(*servers);
  for (const auto rdata : servers->rdatas) {
    const auto server = wire::rdata_target(wire::Type::NS, rdata);
    for (const auto type : {wire::Type::A, wire::Type::AAAA}) {
      const auto* address = server ? child.find(*server, type) : nullptr;
      if (address != nullptr) parent->put(*address);
    }
  }
  if (child.signer() != nullptr) parent->put(child.signer()->ds(servers->ttl));
}

void World::sign(std::size_t index, const Signing& signing) {
  auto& zone = zones_[index];
  zone.sign(signing);
  auto* parent = zone_above(zone);
  const auto* delegation = parent == nullptr ? nullptr : parent->find(zone.apex(), wire::Type::NS);
  if (delegation != nullptr) parent->put(zone.signer()->ds(delegation->ttl));
}

Zone* World::zone_above(const Zone& zone) {
  Zone* above = nullptr;
  for (auto& other : zones_) {
    if (other.apex() == zone.apex() || !zone.apex().is_within(other.apex())) continue;
    if (above == nullptr || other.apex().size() > above->apex().size()) above = &other;
  }
  return above;
}

Host* World::host(const wire::Endpoint& endpoint) {
  const auto found = hosts_.find(endpoint);
  return found == hosts_.end() ? nullptr : &found->second;
}

wire::Answer World::truth(const wire::Question& question) const {
  return resolve(zones_, question, Proofs::LeftOut);
}

std::uint64_t World::queries() const {
  return std::accumulate(hosts_.begin(), hosts_.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& entry) {
                           return sum + entry.second.udp_queries + entry.second.tcp_queries;
                         });
}

wire::Bytes World::respond(const Host& host, wire::BytesView query, bool over_tcp,
                           std::uint64_t random) const {
  const Manner manner{.role = host.role, .faults = host.faults, .over_tcp = over_tcp, .random = random};
  return reply_to(query, manner, [this, &host](const wire::Question& question, Proofs proofs) {
    return look_up(host, question, proofs);
  });
}

wire::Answer World::look_up(const Host& host, const wire::Question& question, Proofs proofs) const {
  if (host.script) {
    if (auto scripted = host.script(question)) return std::move(*scripted);
  }
  auto answer = honest(host, question, proofs);
  const auto* zone = host.faults.nxdomain_on_empty_non_terminal ? zone_for(host, question) : nullptr;
  if (zone != nullptr && zone->signer() == nullptr && zone->is_empty_non_terminal(question.name))
    answer.rcode = wire::Rcode::NxDomain;
  return answer;
}

wire::Answer World::honest(const Host& host, const wire::Question& question, Proofs proofs) const {
  if (host.role == Role::Recursor) return resolve(zones_, question, proofs);
  if (const auto* zone = zone_for(host, question)) return zone->lookup(question, proofs);
  wire::Answer refused;
  refused.rcode = wire::Rcode::Refused;
  return refused;
}

const Zone* World::zone_for(const Host& host, const wire::Question& question) const {
  return closest_zone(
      host.zones | std::views::transform([this](std::size_t index) { return &zones_[index]; }), question);
}

}  // namespace shirube::sim
