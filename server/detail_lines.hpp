// The debug lines: what an administrator who looks for the fault of a domain wants to see. docs/logging.md
// lists them.
// Threads:  pure.
#pragma once

#include <string_view>

#include "policy/rewriter.hpp"
#include "server/log_event.hpp"
#include "upstream/observer.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

// The name of the event, such as "server_slow".
[[nodiscard]] std::string_view event_name(upstream::ServerNews news);

// One line for each failed lookup, with all its causes; lookup_failed folds them.
[[nodiscard]] LogEvent failure_details(const wire::Question& question, const upstream::Failure& failure);
[[nodiscard]] LogEvent server_details(const upstream::ServerChange& change);
[[nodiscard]] LogEvent trust_details(const upstream::TrustChange& change);
[[nodiscard]] LogEvent rewriting_details(const wire::Question& question, const wire::Address& client,
                                         const policy::Applied& applied);

}  // namespace shirube::server
