#include "upstream/failure.hpp"

#include <algorithm>

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
      case Misbehaviour::TruncatedOverTcp:
        return "sent a truncated reply over TCP";
      case Misbehaviour::Unrelated:
        return "sent an answer to another question";
    }
    return "misbehaved";
  }
};

[[nodiscard]] wire::Ede code_of(const Failure& failure) {
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
    return error != nullptr && *error == ExchangeError::Local;
  });
}

std::string to_text(const Complaint& complaint) { return std::visit(Words{}, complaint); }

std::vector<wire::ExtendedError> extended_errors(const Failure& failure) {
  std::vector<wire::ExtendedError> errors;
  if (failure.causes.empty() && failure.from_peer.empty()) {
    errors.push_back({wire::Ede::NoReachableAuthority, failure.out_of_budget
                                                           ? "the lookup would have cost too much"
                                                           : "no server could be asked"});
  } else if (!failure.causes.empty()) {
    const auto& first = failure.causes.front();
    auto text =
        fmt::format("{} of zone {} {}", first.server.text(), first.zone.text(), to_text(first.complaint));
    if (failure.causes.size() > 1) text += fmt::format(", {} more causes", failure.causes.size() - 1);
    errors.push_back({code_of(failure), std::move(text)});
  }
  for (const auto& error : failure.from_peer) {
    if (errors.size() > kMaxPeerErrors) break;
    errors.push_back(error);
  }
  return errors;
}

}  // namespace shirube::upstream
