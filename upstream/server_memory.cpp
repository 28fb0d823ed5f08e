#include "upstream/server_memory.hpp"

#include <algorithm>
#include <utility>

namespace shirube::upstream {
namespace {

using std::chrono::milliseconds;

// For a server that was never measured: a forwarder may have to walk from the root first.
constexpr wire::Duration kUnknownHedge = milliseconds{600};
constexpr wire::Duration kLeastHedge = milliseconds{150};
constexpr wire::Duration kMostHedge = milliseconds{1'200};

}  // namespace

void note_reply(ServerState& state, wire::Duration took, wire::Instant now) {
  if (!state.measured) {
    state.smoothed_rtt = took;
    state.rtt_variance = took / 2;
    state.measured = true;
  } else {
    const auto off = state.smoothed_rtt > took ? state.smoothed_rtt - took : took - state.smoothed_rtt;
    state.rtt_variance = (3 * state.rtt_variance + off) / 4;
    state.smoothed_rtt = (7 * state.smoothed_rtt + took) / 8;
  }
  state.last_reply = now;
  state.backoff = {};
  state.down_until = wire::Instant::min();
}

void note_failure(ServerState& state, wire::Instant sent, wire::Instant now) {
  if (state.last_reply >= sent || state.down_until > now) return;
  state.backoff = std::clamp(2 * state.backoff, kFirstBackoff, kMaxBackoff);
  state.down_until = now + state.backoff;
}

wire::Duration hedge_after(const ServerState& state, unsigned round) {
  const auto base = state.measured ? state.smoothed_rtt + 4 * state.rtt_variance : kUnknownHedge;
  const auto doubled = std::max(base, kLeastHedge) * (1U << std::min(round, 4U));
  return std::min(doubled, kMostHedge);
}

ServerState& ServerMemory::at(const wire::Endpoint& server) {
  if (const auto found = young_.find(server); found != young_.end()) return found->second;
  if (young_.size() >= kMaxRememberedServers / 2) old_ = std::exchange(young_, {});
  ServerState state;
  if (const auto found = old_.find(server); found != old_.end()) {
    state = found->second;
    old_.erase(found);
  }
  return young_.emplace(server, state).first->second;
}

void ServerMemory::forget_failures() {
  for (auto* generation : {&young_, &old_}) {
    for (auto& [server, state] : *generation) {
      state.backoff = {};
      state.down_until = wire::Instant::min();
    }
  }
}

}  // namespace shirube::upstream
