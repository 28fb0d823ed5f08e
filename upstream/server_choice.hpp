// Which server is asked next.
// Threads:  pure; randomness is handed in.
// Rules:    the least tried first, and a server that sets no AA one try later; among these those that are not down; among these the best band of
//           round-trip times, one of it at random (spreads load, and gives a forger one more thing to guess:
//           RFC 5452 §9.2); now and then another, to learn whether it got better. An unmeasured server counts
//           as fast: it must be tried once to be known.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "upstream/network.hpp"
#include "upstream/server_memory.hpp"

namespace shirube::upstream {

struct Candidate {
  const ServerState* state = nullptr;
  unsigned tries = 0;     // in this lookup
  bool excluded = false;  // gave its final word in this lookup, or cannot be reached by this host
  const ZoneStanding* lameness = nullptr;  // with the zone in question, when it was lame or sloppy
};

// Index into `candidates`, or nullopt when all are excluded or were tried `max_tries` times.
[[nodiscard]] std::optional<std::size_t> choose_server(std::span<const Candidate> candidates,
                                                       unsigned max_tries, wire::Instant now,
                                                       Network& random);

}  // namespace shirube::upstream
