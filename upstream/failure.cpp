#include "upstream/failure.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

#include <fmt/format.h>

namespace shirube::upstream {
namespace {

// The peer's EDEs that we pass on; more would only push data out of the reply.
constexpr std::size_t kMaxPeerErrors = 2;

struct Words {
  std::string operator()(ExchangeError error) const { return std::string(to_text(error)); }
  std::string operator()(wire::Rcode rcode) const { return "answered " + wire::to_text(rcode); }
  std::string operator()(Misbehaviour what) const {
    switch (what) {
      case Misbehaviour::Malformed:
        return "sent a malformed reply";
      case Misbehaviour::TooLarge:
        return "sent a record set that exceeds the size limit of this resolver";
      case Misbehaviour::TruncatedOverTcp:
        return "sent a truncated reply over TCP";
      case Misbehaviour::Unrelated:
        return "sent an answer to another question";
      case Misbehaviour::NotAuthoritative:
        return "is lame: it does not serve the zone";
      case Misbehaviour::UpwardReferral:
        return "is lame: it refers upwards";
    }
    return "misbehaved";
  }
  std::string operator()(Obstacle what) const {
    switch (what) {
      case Obstacle::NoAddress:
        return "has no address";
      case Obstacle::NoIpv4Address:
        return "has no IPv4 address, and this host has no IPv6 route";
      case Obstacle::Forbidden:
        return "has only addresses that must not be asked (resolve.do-not-query)";
      case Obstacle::AddressUnknown:
        return "could not be resolved to an address";
      case Obstacle::NoIpv6Route:
        return "has only IPv6 addresses, and this host has no IPv6 route";
      case Obstacle::Ipv6Off:
        return "has only IPv6 addresses, and resolve.ipv6 is \"no\"";
      case Obstacle::Ipv4Off:
        return "has only IPv4 addresses, and resolve.ipv4 is \"no\"";
      case Obstacle::Cycle:
        return "can only be found by way of itself";
      case Obstacle::TooDeep:
        return "is too many lookups away";
      case Obstacle::KnownDown:
        return "failed a moment ago, and still does";
      case Obstacle::NoServers:
        return "has no server that can be asked";
      case Obstacle::Overloaded:
        return "was not looked for: too many lookups are under way";
    }
    return "cannot be asked";
  }
  std::string operator()(const dnssec::Verdict& verdict) const { return dnssec::to_text(verdict); }
};

struct AdviceOnObstacle {
  Obstacle obstacle;
  std::string_view words;
};
constexpr std::array kAdviceOnObstacles{
    AdviceOnObstacle{Obstacle::NoIpv6Route,
                     "give this host an IPv6 route, or forward the zone to a resolver with one"},
    AdviceOnObstacle{Obstacle::NoIpv4Address,
                     "give this host an IPv6 route if the server has an IPv6 address"},
    AdviceOnObstacle{Obstacle::Ipv6Off, "set resolve.ipv6 = \"auto\""},
    AdviceOnObstacle{Obstacle::Ipv4Off, "set resolve.ipv4 = \"yes\""},
    AdviceOnObstacle{Obstacle::Forbidden, "to query this server all the same, list it in a [[stub]]"},
};

[[nodiscard]] const AdviceOnObstacle* advice_on(Obstacle obstacle) {
  const auto* found = std::ranges::find(kAdviceOnObstacles, obstacle, &AdviceOnObstacle::obstacle);
  return found == kAdviceOnObstacles.end() ? nullptr : found;
}

// A zone that signs wrongly is no private zone: to let that through would be bad advice.
[[nodiscard]] bool is_unsigned(const dnssec::Verdict& verdict) {
  return verdict.flaw == dnssec::Flaw::SignatureMissing || verdict.flaw == dnssec::Flaw::DenialMissing;
}

// The root signs its keys: a server that sends them without signatures has removed them.
[[nodiscard]] bool removes_signatures(const dnssec::Verdict& verdict) {
  return verdict.flaw == dnssec::Flaw::SignatureMissing && verdict.owner.is_root() &&
         verdict.type == wire::Type::DNSKEY;
}

[[nodiscard]] wire::Ede code_of(const Failure& failure) {
  if (const auto* verdict = failure.verdict()) return dnssec::extended_error(verdict->flaw);
  bool all_network = !failure.causes.empty();
  for (const auto& cause : failure.causes) {
    const auto* error = std::get_if<ExchangeError>(&cause.complaint);
    if (error == nullptr) all_network = false;
    if (error != nullptr && *error == ExchangeError::TimedOut) return wire::Ede::NoReachableAuthority;
  }
  return all_network ? wire::Ede::NetworkError : wire::Ede::NoReachableAuthority;
}

}  // namespace

bool Failure::is_own_trouble() const {
  return std::ranges::any_of(causes, [](const Cause& cause) {
    const auto* error = std::get_if<ExchangeError>(&cause.complaint);
    const auto* obstacle = std::get_if<Obstacle>(&cause.complaint);
    return (error != nullptr && *error == ExchangeError::Local) ||
           (obstacle != nullptr && *obstacle == Obstacle::Overloaded);
  });
}

bool Failure::tells_news() const {
  return std::ranges::any_of(causes, [](const Cause& cause) {
    const auto* obstacle = std::get_if<Obstacle>(&cause.complaint);
    return obstacle == nullptr || *obstacle != Obstacle::KnownDown;
  });
}

const dnssec::Verdict* Failure::verdict() const {
  for (const auto& cause : causes) {
    if (const auto* verdict = std::get_if<dnssec::Verdict>(&cause.complaint)) return verdict;
  }
  return nullptr;
}

bool Failure::is_bogus() const {
  const auto* flawed = verdict();
  return flawed != nullptr && flawed->status == dnssec::Status::Bogus;
}

bool Failure::is_too_costly() const {
  const auto* flawed = verdict();
  return flawed != nullptr && flawed->flaw == dnssec::Flaw::TooCostly;
}

bool Failure::hangs_on_asker() const {
  return out_of_budget || is_too_costly() ||
         std::ranges::find(causes, Complaint(Obstacle::TooDeep), &Cause::complaint) != causes.end();
}

void Failure::add(Cause cause) {
  const auto same = std::ranges::find_if(causes, [&](const Cause& known) {
    return known.zone == cause.zone && known.server == cause.server && known.complaint == cause.complaint &&
           known.server_name == cause.server_name;
  });
  if (same != causes.end()) {
    same->away = std::min(same->away, cause.away);
  } else if (causes.size() < kMaxCauses) {
    causes.push_back(std::move(cause));
  } else if (const auto least = std::ranges::max_element(causes, {}, telling_rank);
             telling_rank(cause) < telling_rank(*least)) {
    *least = std::move(cause);
  }
}

void Failure::add(const Failure& other) {
  for (const auto& cause : other.causes) add(cause);
  out_of_budget = out_of_budget || other.out_of_budget;
  last_sent = std::max(last_sent, other.last_sent);
}

void Failure::add_of_address(const Failure& other) {
  auto further = other;
  for (auto& cause : further.causes) ++cause.away;
  add(further);
}

std::string to_text(const Cause& cause) {
  const auto words = to_text(cause.complaint);
  if (std::holds_alternative<dnssec::Verdict>(cause.complaint))
    return cause.server.port == 0 ? words : fmt::format("{}, says {}", words, cause.server.text());
  if (cause.server.port != 0)
    return fmt::format("{} of zone {} {}", cause.server.text(), cause.zone.text(), words);
  if (!cause.server_name.is_root())
    return fmt::format("server {} of zone {} {}", cause.server_name.text(), cause.zone.text(), words);
  return fmt::format("zone {} {}", cause.zone.text(), words);
}

std::string to_text(const Complaint& complaint) { return std::visit(Words{}, complaint); }

std::string advice(const Failure& failure) {
  const auto* verdict = failure.verdict();
  if (verdict != nullptr && removes_signatures(*verdict))
    return "this server removes DNSSEC signatures: use another forwarder, or set dnssec.validate = false";
  if (!failure.named_zone.is_root() && verdict != nullptr && is_unsigned(*verdict))
    return fmt::format("if {} is private, add it to dnssec.negative-trust-anchors",
                       failure.named_zone.text());
  if (failure.causes.empty()) return {};
  const auto* obstacle = std::get_if<Obstacle>(&most_telling(failure).complaint);
  const auto* row = obstacle == nullptr ? nullptr : advice_on(*obstacle);
  return row == nullptr ? std::string{} : std::string(row->words);
}

std::vector<wire::ExtendedError> extended_errors(const Failure& failure) {
  std::vector<wire::ExtendedError> errors;
  const bool cost_too_much = failure.out_of_budget && is_about_limits(failure);
  if (cost_too_much && failure.from_peer.empty()) {
    errors.push_back({wire::Ede::NoReachableAuthority, "the lookup exceeded its limits"});
  } else if (failure.causes.empty() && failure.from_peer.empty()) {
    errors.push_back({wire::Ede::NoReachableAuthority, "no server could be asked"});
  } else if (!failure.causes.empty()) {
    auto text = to_text(most_telling(failure));
    if (const auto more = failure.causes.size() - 1; more > 0)
      text += fmt::format(", {} more {}", more, more == 1 ? "cause" : "causes");
    errors.push_back({code_of(failure), std::move(text)});
    if (auto what_to_do = advice(failure); !what_to_do.empty())
      errors.push_back({wire::Ede::Other, std::move(what_to_do)});
  }
  std::ranges::copy(failure.from_peer | std::views::take(kMaxPeerErrors), std::back_inserter(errors));
  return errors;
}

}  // namespace shirube::upstream
