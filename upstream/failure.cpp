#include "upstream/failure.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>

#include <fmt/format.h>

#include "upstream/failure_kinds.hpp"

namespace shirube::upstream {
namespace {

// The peer's EDEs that we pass on; more would only push data out of the reply.
constexpr std::size_t kMaxPeerErrors = 2;

// A zone that signs wrongly is no private zone: to let that through would be bad advice.
[[nodiscard]] bool is_unsigned(const dnssec::Verdict& verdict) {
  return verdict.flaw == dnssec::Flaw::SignatureMissing || verdict.flaw == dnssec::Flaw::DenialMissing;
}

// The root signs its keys: a server that sends them without signatures has removed them.
[[nodiscard]] bool removes_signatures(const dnssec::Verdict& verdict) {
  return verdict.flaw == dnssec::Flaw::SignatureMissing && verdict.owner.is_root() &&
         verdict.type == wire::Type::DNSKEY;
}

// The first cause to act on, and the reason why it matters if that is a missing key.
[[nodiscard]] std::string told_text(const Failure& failure) {
  const auto& first = most_telling(failure);
  auto text = first.earlier.empty() ? to_text(first) : first.earlier.front().text;
  auto more = failure.causes.size() - 1;
  const auto* verdict = failure.verdict();
  if (verdict != nullptr && verdict != std::get_if<dnssec::Verdict>(&first.complaint)) {
    text += ", so " + dnssec::to_text(*verdict);
    --more;
  }
  if (more > 0) text += fmt::format(", {} more {}", more, more == 1 ? "cause" : "causes");
  return text;
}

[[nodiscard]] wire::Ede code_of(const Failure& failure) {
  if (const auto* verdict = failure.verdict()) return dnssec::extended_error(verdict->flaw);
  const auto& cause = most_telling(failure);
  if (!cause.earlier.empty()) return cause.earlier.front().code;
  return code_and_advice(cause.complaint, cause.asked_as).code;
}

[[nodiscard]] std::string with_role(const wire::Endpoint& server, AskedAs role) {
  return (role == AskedAs::Forwarder ? "forwarder " : "") + server.text();
}

// All names belong to a forwarder of the root zone, so the zone tells nothing.
[[nodiscard]] std::string with_zone(const wire::Endpoint& server, const wire::Name& zone, AskedAs role) {
  auto words = with_role(server, role);
  if (role == AskedAs::Forwarder && zone.is_root()) return words;
  return fmt::format("{} of zone {}", words, zone.text());
}

}  // namespace

std::optional<ExchangeError> exchange_error(const Complaint& complaint) {
  if (const auto* error = std::get_if<ExchangeError>(&complaint)) return *error;
  if (const auto* truncated = std::get_if<TruncatedWithoutTcp>(&complaint)) return truncated->tcp;
  return std::nullopt;
}

bool Failure::is_own_trouble() const {
  return std::ranges::any_of(causes, [](const Cause& cause) {
    const auto error = exchange_error(cause.complaint);
    const auto* obstacle = std::get_if<Obstacle>(&cause.complaint);
    return error == ExchangeError::Local || (obstacle != nullptr && *obstacle == Obstacle::Overloaded);
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
  const auto server = with_role(cause.server, cause.asked_as);
  if (std::holds_alternative<dnssec::Verdict>(cause.complaint))
    return cause.server.port == 0 ? words : fmt::format("{}, in the reply of {}", words, server);
  if (cause.server.port != 0)
    return fmt::format("{} {}", with_zone(cause.server, cause.zone, cause.asked_as), words);
  if (!cause.server_name.is_root())
    return fmt::format("server {} of zone {} {}", cause.server_name.text(), cause.zone.text(), words);
  return fmt::format("zone {} {}", cause.zone.text(), words);
}

wire::ExtendedError not_in_time(const LastAsked& last) {
  if (last.server.port == 0)
    return {wire::Ede::NoReachableAuthority, "no answer in time; the lookup goes on"};
  return {wire::Ede::NoReachableAuthority,
          fmt::format("no answer in time: {} was asked last; the lookup goes on",
                      with_zone(last.server, last.zone, last.asked_as))};
}

std::string advice(const Failure& failure) {
  if (failure.causes.empty()) return {};
  const auto& cause = most_telling(failure);
  const auto* verdict = failure.verdict();
  if (verdict != nullptr && removes_signatures(*verdict)) {
    return cause.asked_as == AskedAs::Forwarder
               ? "this forwarder removes DNSSEC signatures: use another one, or set dnssec.validate = false"
               : "a device on the way removes DNSSEC signatures: remove it, or set dnssec.validate = false";
  }
  if (!failure.named_zone.is_root() && verdict != nullptr && is_unsigned(*verdict))
    return fmt::format("if {} is private, add it to dnssec.negative-trust-anchors",
                       failure.named_zone.text());
  return advice_on(cause);
}

std::vector<wire::ExtendedError> extended_errors(const Failure& failure) {
  std::vector<wire::ExtendedError> errors;
  const bool cost_too_much = failure.out_of_budget && is_about_limits(failure);
  if (cost_too_much && failure.from_peer.empty()) {
    errors.push_back({wire::Ede::Other, "the lookup exceeded its limits"});
  } else if (failure.causes.empty() && failure.from_peer.empty()) {
    errors.push_back({wire::Ede::NoReachableAuthority, "no server could be asked"});
  } else if (!failure.causes.empty()) {
    errors.push_back({code_of(failure), told_text(failure)});
    if (auto what_to_do = advice(failure); !what_to_do.empty())
      errors.push_back({wire::Ede::Other, std::move(what_to_do)});
  }
  std::ranges::copy(failure.from_peer | std::views::take(kMaxPeerErrors), std::back_inserter(errors));
  return errors;
}

}  // namespace shirube::upstream
