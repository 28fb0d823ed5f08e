#include "upstream/delegation.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "dnssec/denial.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using wire::RRset;
using wire::Type;

// A referral may name thousands of servers. Glue is searched for this many, in both families.
constexpr std::size_t kMaxServersWithGlue = 100;
constexpr std::size_t kMaxGlue = 2 * kMaxServersWithGlue;

[[nodiscard]] bool is_address(Type type) { return type == Type::A || type == Type::AAAA; }

[[nodiscard]] RRset first_records(const RRset& rrset, std::size_t most) {
  RRset kept{.owner = rrset.owner, .type = rrset.type, .klass = rrset.klass, .ttl = rrset.ttl};
  for (const auto rdata : rrset.rdatas) {
    if (kept.rdatas.count() == most) break;
    kept.rdatas.add(rdata);
  }
  return kept;
}

using Names = std::unordered_set<wire::Name, wire::NameHash>;

[[nodiscard]] Names servers_of(const RRset& servers) {
  Names names;
  for (const auto rdata : servers.rdatas) {
    if (names.size() == kMaxServersWithGlue) break;
    if (auto name = wire::rdata_target(Type::NS, rdata)) names.insert(std::move(*name));
  }
  return names;
}

// A reply may hold thousands of addresses: each is looked at once, and few are kept.
[[nodiscard]] std::vector<RRset> read_glue(const std::vector<RRset>& additional, const Names& servers,
                                           const wire::Name& zone) {
  std::vector<RRset> glue;
  for (const auto& rrset : additional) {
    if (glue.size() == kMaxGlue) break;
    if (!is_address(rrset.type) || !rrset.owner.is_within(zone) || !servers.contains(rrset.owner)) continue;
    glue.push_back(first_records(rrset, kMaxAddressesPerServer));
  }
  return glue;
}

// The first kMaxNameServers, those with glue before those that would have to be looked up.
[[nodiscard]] RRset capped_servers(const RRset& servers, const std::vector<RRset>& glue) {
  if (servers.rdatas.count() <= kMaxNameServers) return servers;
  Names with_glue;
  for (const auto& rrset : glue) with_glue.insert(rrset.owner);
  RRset kept{.owner = servers.owner, .type = servers.type, .klass = servers.klass, .ttl = servers.ttl};
  for (const bool wanted : {true, false}) {
    for (const auto rdata : servers.rdatas) {
      if (kept.rdatas.count() == kMaxNameServers) return kept;
      const auto name = wire::rdata_target(Type::NS, rdata);
      if (name && with_glue.contains(*name) == wanted) kept.rdatas.add(rdata);
    }
  }
  return kept;
}

[[nodiscard]] Referral scrubbed(const RRset& servers, const std::vector<RRset>& additional,
                                const wire::Name& zone) {
  Referral referral;
  auto glue = read_glue(additional, servers_of(servers), zone);
  referral.servers = capped_servers(servers, glue);
  const auto kept = servers_of(referral.servers);
  std::erase_if(glue, [&](const RRset& rrset) { return !kept.contains(rrset.owner); });
  referral.glue = std::move(glue);
  return referral;
}

[[nodiscard]] bool is_security(Type type) { return type == Type::DS || wire::is_denial(type); }

// Unsigned it proves nothing; of a crowd no more is kept than is ever looked at.
[[nodiscard]] std::vector<RRset> read_security(const std::vector<RRset>& authority, const wire::Name& child,
                                               const wire::Name& zone) {
  std::vector<RRset> security;
  for (const auto& rrset : authority) {
    if (!is_security(rrset.type) || rrset.signatures.empty() || !rrset.owner.is_within(zone)) continue;
    if (rrset.type == Type::DS && !(rrset.owner == child)) continue;
    if (security.size() < dnssec::kMaxDenialRecords) security.push_back(rrset);
  }
  return security;
}

}  // namespace

std::optional<wire::Address> read_address(wire::Type type, wire::BytesView rdata) {
  wire::Address address;
  address.family = type == Type::A ? wire::Family::V4 : wire::Family::V6;
  if (rdata.size() != address.size()) return std::nullopt;
  std::ranges::copy(rdata, address.bytes.begin());
  return address;
}

std::optional<Referral> read_referral(const wire::Answer& reply, const wire::Question& asked,
                                      const wire::Name& zone) {
  const auto name = wire::name_above_cut(asked);
  // Old servers answer a question for the NS of a cut with them, instead of referring to them.
  for (const auto* section : {&reply.authority, &reply.answer}) {
    for (const auto& rrset : *section) {
      const bool nearer = rrset.owner.is_within(zone) && !(rrset.owner == zone);
      if (rrset.type != Type::NS || !nearer || !name.is_within(rrset.owner)) continue;
      auto referral = scrubbed(rrset, reply.additional, zone);
      referral.security = read_security(reply.authority, rrset.owner, zone);
      return referral;
    }
  }
  return std::nullopt;
}

std::vector<RRset> Referral::beside() const {
  auto all = glue;
  std::ranges::copy(security, std::back_inserter(all));
  return all;
}

std::vector<RRset> security_in(const cache::Entry& delegation, wire::Instant now) {
  std::vector<RRset> security;
  for (const auto& rrset : delegation.proof) {
    const auto left = std::chrono::ceil<wire::Seconds>(delegation.stored + wire::Seconds{rrset.ttl} - now);
    if (!is_security(rrset.type) || left.count() <= 0) continue;
    security.push_back(rrset);
    security.back().ttl = std::min(rrset.ttl, static_cast<std::uint32_t>(left.count()));
  }
  return security;
}

std::optional<Referral> read_priming(const wire::Answer& reply) {
  for (const auto& rrset : reply.answer) {
    if (rrset.type != Type::NS || !rrset.owner.is_root()) continue;
    return scrubbed(rrset, reply.additional, wire::Name());
  }
  return std::nullopt;
}

Delegation to_delegation(const RRset& servers, const std::vector<RRset>& glue, Validity validity) {
  Delegation delegation{validity, servers.owner};
  delegation.servers.reserve(servers.rdatas.count());
  for (const auto rdata : servers.rdatas) {
    auto name = wire::rdata_target(Type::NS, rdata);
    if (!name) continue;
    NameServer server{.name = std::move(*name)};
    for (const auto& rrset : glue) {
      if (!is_address(rrset.type) || !(rrset.owner == server.name)) continue;
      for (const auto address_rdata : rrset.rdatas) {
        if (const auto address = read_address(rrset.type, address_rdata))
          server.addresses.push_back(*address);
      }
    }
    delegation.servers.push_back(std::move(server));
  }
  return delegation;
}

bool names_others(const Delegation& before, const Delegation& now) {
  return std::ranges::any_of(now.servers, [&](const NameServer& server) {
    const auto known = std::ranges::find(before.servers, server.name, &NameServer::name);
    if (known == before.servers.end()) return true;
    // Its addresses were looked up, unless it stands in the zone itself.
    if (known->addresses.empty() && !server.name.is_within(now.zone)) return false;
    return std::ranges::any_of(server.addresses, [&](const wire::Address& address) {
      return std::ranges::find(known->addresses, address) == known->addresses.end();
    });
  });
}

cache::EntryPtr closest_kept_delegation(const cache::AnswerCache& cache, const Tree& tree,
                                        const wire::Name& name, wire::Instant now) {
  const auto least_labels = tree.stub() == nullptr ? 0 : tree.stub()->zone.label_count() + 1;
  for (auto labels = name.label_count() + 1; labels-- > least_labels;) {
    const auto zone = name.suffix(labels);
    auto entry = cache.find_delegation(zone, now);
    if (entry != nullptr && tree.holds(zone)) return entry;
  }
  return nullptr;
}

std::optional<Delegation> closest_delegation(const cache::AnswerCache& cache, const Tree& tree,
                                             const wire::Name& name, wire::Instant now) {
  const auto entry = closest_kept_delegation(cache, tree, name, now);
  if (entry == nullptr) return std::nullopt;
  return to_delegation(entry->rrset, entry->proof, {entry->stored, entry->expires()});
}

}  // namespace shirube::upstream
