#include "upstream/server_addresses.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "upstream/askable.hpp"

namespace shirube::upstream {

namespace {

[[nodiscard]] wire::Family family_of(wire::Type type) {
  return type == wire::Type::A ? wire::Family::V4 : wire::Family::V6;
}

}  // namespace

ServerAddresses::ServerAddresses(const ZoneContext& context, const Delegation& zone,
                                 AddressAllowance& allowance)
    : context_(context), zone_(zone), allowance_(allowance) {
  for (const auto& server : zone.servers) {
    if (!replace(server)) keep(server.addresses);
    for (const auto type : {wire::Type::A, wire::Type::AAAA}) {
      const bool has_glue = std::ranges::find(server.addresses, family_of(type), &wire::Address::family) !=
                            server.addresses.end();
      if (has_glue || !reachable(family_of(type))) continue;
      if (type == wire::Type::AAAA && !server.addresses.empty() && reachable(wire::Family::V4)) continue;
      const auto known = context.host.known(server.name, type, AddressSource::GlueWillDo);
      if (!keep(known)) wanted_.push_back({server.name, type});
    }
  }
  // The second family of a server only when the first of all was of no use.
  std::ranges::stable_partition(wanted_, [](const Wanted& w) { return w.type == wire::Type::A; });
}

bool ServerAddresses::all_fail(const std::vector<wire::Address>& addresses) const {
  auto& memory = context_.ask.memory;
  return !addresses.empty() && std::ranges::all_of(addresses, [&](const wire::Address& address) {
    const wire::Endpoint server{address, wire::kDnsPort};
    const auto* standing = memory.find_lameness(zone_.zone, server);
    return memory.at(server).fails() || (standing != nullptr && standing->fails());
  });
}

// Addresses from a later lookup replace glue that failed before.
bool ServerAddresses::replace(const NameServer& server) {
  if (!all_fail(server.addresses)) return false;
  std::vector<wire::Address> own;
  for (const auto type : {wire::Type::A, wire::Type::AAAA}) {
    if (!reachable(family_of(type))) continue;
    for (const auto& address : context_.host.known(server.name, type, AddressSource::OwnZone)) {
      if (std::ranges::find(server.addresses, address) == server.addresses.end()) own.push_back(address);
    }
  }
  if (!keep(own)) return false;
  std::ranges::copy_if(server.addresses, std::back_inserter(replaced_),
                       [this](const auto& address) { return may_ask(context_.settings, address); });
  return true;
}

bool ServerAddresses::keep(const std::vector<wire::Address>& addresses) {
  std::size_t v4 = 0;
  std::size_t v6 = 0;
  const auto may_be_asked = zone_.zone.is_root() ? may_ask_for_root : may_ask;
  for (const auto& address : addresses) {
    auto& kept = address.family == wire::Family::V4 ? v4 : v6;
    const bool forbidden = !may_be_asked(context_.settings, address);
    saw_forbidden_ = saw_forbidden_ || forbidden;
    if (kept == kMaxAddressesPerServer || forbidden) continue;
    addresses_.push_back(address);
    ++kept;
  }
  return v4 + v6 > 0;
}

bool ServerAddresses::reachable(wire::Family family) const {
  return can_reach(context_.settings, context_.ask.network, family);
}

void ServerAddresses::enter(ServerRace& race) {
  if (!by_hand_entered_) {
    for (const auto& server : zone_.by_hand) {
      const bool usable = may_use(context_.settings, server.address.unmapped().family);
      if (usable && !is_ourselves(context_.settings, server)) race.add(server);
    }
    by_hand_entered_ = true;
  }
  for (; entered_ < addresses_.size(); ++entered_) put_into(race, addresses_[entered_]);
}

bool ServerAddresses::enter_replaced(ServerRace& race) {
  for (const auto& address : replaced_) put_into(race, address);
  return !std::exchange(replaced_, {}).empty();
}

void ServerAddresses::put_into(ServerRace& race, const wire::Address& address) const {
  if (!may_use(context_.settings, address.family)) return;
  const bool follows_routes =
      address.family == wire::Family::V6 && context_.settings.ipv6 == Ipv6Transport::Auto;
  race.add({address, wire::kDnsPort}, follows_routes ? Reach::ByRoute : Reach::Always);
}

bool ServerAddresses::may_find_more() const {
  return looks_up() || (allowance_.left() && std::ranges::any_of(wanted_, [this](const Wanted& wanted) {
                          return reachable(family_of(wanted.type));
                        }));
}

// The second family of a server comes after the first family of all servers.
void ServerAddresses::doubt(Doubt doubt) {
  if (doubt <= doubts_) return;
  const bool is_first = doubts_ == Doubt::None;
  doubts_ = doubt;
  for (const auto type : {wire::Type::A, wire::Type::AAAA}) {
    if (!reachable(family_of(type))) continue;
    for (const auto& server : zone_.servers) {
      const bool is_sibling = !server.name.is_within(zone_.zone);
      const bool is_due = is_sibling ? is_first : doubt == Doubt::OfAll;
      if (!is_due || doubted_.size() == kMaxOwnLookups ||
          std::ranges::find(lost_, server.name) != lost_.end())
        continue;
      doubted_.push_back({server.name, type, AddressSource::OwnZone});
    }
  }
}

std::optional<ServerAddresses::Wanted> ServerAddresses::take_next(std::vector<Wanted>& queue, Which which) {
  const auto next = std::ranges::find_if(queue, [&](const Wanted& wanted) {
    const bool fits = which == Which::All || !wanted.server.is_within(zone_.zone);
    return fits && reachable(family_of(wanted.type));
  });
  if (next == queue.end()) return std::nullopt;
  auto wanted = std::move(*next);
  queue.erase(next);
  return wanted;
}

std::optional<ServerAddresses::Wanted> ServerAddresses::next_lookup(Doubt doubt_of_known) {
  if (under_way_ >= kMaxParallelAddressLookups || !allowance_.left()) return std::nullopt;
  const bool doubts = doubt_of_known != Doubt::None;
  std::optional<Wanted> wanted;
  for (const auto which : {Which::Siblings, Which::All}) {
    if (!wanted) wanted = take_next(wanted_, which);
    if (!wanted && doubts) {
      doubt(doubt_of_known);
      wanted = take_next(doubted_, which);
    }
  }
  if (!wanted) return std::nullopt;
  ++allowance_.started;
  ++under_way_;
  return wanted;
}

std::optional<Obstacle> ServerAddresses::found(const Wanted& wanted,
                                               const std::vector<wire::Address>& addresses) {
  --under_way_;
  if (keep(addresses)) {
    located_.push_back(wanted.server);
    return std::nullopt;
  }
  ++allowance_.failed;
  if (!addresses.empty()) return Obstacle::Forbidden;
  const bool other_family_follows =
      std::ranges::any_of(wanted_, [&](const Wanted& other) { return other.server == wanted.server; });
  if (other_family_follows || std::ranges::find(located_, wanted.server) != located_.end())
    return std::nullopt;
  return reachable(wire::Family::V6) ? Obstacle::NoAddress : Obstacle::NoIpv4Address;
}

void ServerAddresses::failed(const wire::Name& server) {
  --under_way_;
  ++allowance_.failed;
  const auto is_of_server = [&](const Wanted& wanted) { return wanted.server == server; };
  std::erase_if(wanted_, is_of_server);
  std::erase_if(doubted_, is_of_server);
  lost_.push_back(server);
}

std::optional<Obstacle> ServerAddresses::obstacle() const {
  std::optional<wire::Family> barred;
  const auto is_barred = [&](wire::Family family) {
    if (reachable(family)) return false;
    barred = family;
    return true;
  };
  const bool all_barred =
      std::ranges::all_of(addresses_, [&](const auto& address) { return is_barred(address.family); }) &&
      std::ranges::all_of(zone_.by_hand, [&](const auto& server) {
        return !may_use(context_.settings, server.address.unmapped().family) &&
               is_barred(server.address.unmapped().family);
      });
  if (!all_barred) return std::nullopt;
  if (!barred) return saw_forbidden_ ? std::optional(Obstacle::Forbidden) : std::nullopt;
  if (*barred == wire::Family::V4) return Obstacle::Ipv4Off;
  return may_use(context_.settings, *barred) ? Obstacle::NoIpv6Route : Obstacle::Ipv6Off;
}

}  // namespace shirube::upstream
