// Why no answer could be had: which server of which zone said (or did not say) what. Becomes the EDE of the
// SERVFAIL, the line in the log, and what explanations print.
// Threads:  values.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "upstream/network.hpp"
#include "wire/answer.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"

namespace shirube::upstream {

// What one server did instead of answering.
enum class Misbehaviour : std::uint8_t { Malformed, TruncatedOverTcp, Unrelated };
using Complaint = std::variant<ExchangeError, wire::Rcode, Misbehaviour>;
[[nodiscard]] std::string to_text(const Complaint& complaint);

struct Cause {
  wire::Name zone;
  wire::Endpoint server;
  Complaint complaint;
};

// Bounds what one failure remembers and says: a zone has many servers, a reader wants the first few.
inline constexpr std::size_t kMaxCauses = 8;

struct Failure {
  std::vector<Cause> causes;                   // in the order in which they happened, at most kMaxCauses
  std::vector<wire::ExtendedError> from_peer;  // EDEs that the upstream itself gave
  bool out_of_budget = false;

  // We had no socket or no memory: says nothing about the question, and must not be remembered against it.
  [[nodiscard]] bool is_own_trouble() const;
  void add(Cause cause) {
    if (causes.size() < kMaxCauses) causes.push_back(std::move(cause));
  }
};

// EDE 22 when servers did not answer, 23 when the network refused, else 0, with the first cause in words.
[[nodiscard]] std::vector<wire::ExtendedError> extended_errors(const Failure& failure);

}  // namespace shirube::upstream
