// Asking a set of servers until one answers: the best first, another beside it when it is late, the next when
// it failed.
// Threads:  the loop of the Network.
// Errors:   Failure with a cause for each server that was asked.
#pragma once

#include <expected>

#include "upstream/ask_server.hpp"
#include "upstream/settings.hpp"

namespace shirube::upstream {

// Each server is asked at most so often for one question; a zone with one server gets all its tries there.
inline constexpr unsigned kMaxTriesPerServer = 3;
// Open sockets of one lookup: bounds what a slow zone can hold.
inline constexpr unsigned kMaxParallelAttempts = 3;

// All references must outlive the task. `checking_disabled` goes upstream as CD.
[[nodiscard]] Task<std::expected<wire::Answer, Failure>> forward(AskContext context, const ZoneServers& zone,
                                                                 wire::Question question,
                                                                 bool checking_disabled, Budget& budget);

}  // namespace shirube::upstream
