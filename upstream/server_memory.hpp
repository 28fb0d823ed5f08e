// ServerMemory: what was learnt about the servers that we ask: how fast, how reliable, which protocol
// features work.
// Threads:  one owner (a worker each): no lock, and what one worker learns costs the others a packet at most.
// Owns:     states; a reference is valid until the next call of at().
// Units:    microseconds.
// Rules:    smoothed RTT and variance as TCP has them (RFC 6298 §2); failure is remembered briefly: 2 s,
//           doubling, at most 60 s.
#pragma once

#include <cstddef>
#include <unordered_map>

#include "wire/endpoint.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

inline constexpr wire::Duration kFirstBackoff = std::chrono::seconds{2};
inline constexpr wire::Duration kMaxBackoff = std::chrono::seconds{60};
// How long a server that refused EDNS, even over TCP, is asked without it.
inline constexpr wire::Duration kPlainDnsMemory = std::chrono::minutes{10};
// The most servers that are remembered: bounds memory under delegations made up by an attacker.
inline constexpr std::size_t kMaxRememberedServers = 20'000;

struct ServerState {
  bool measured = false;
  wire::Duration smoothed_rtt{};
  wire::Duration rtt_variance{};
  wire::Instant last_reply = wire::Instant::min();
  wire::Duration backoff{};                          // zero: well
  wire::Instant down_until = wire::Instant::min();   // preferably not asked before
  wire::Instant plain_until = wire::Instant::min();  // asked without EDNS before
  bool edns_worked = false;
  bool loses_case = false;  // proved over TCP: 0x20 is of no use with it
};

void note_reply(ServerState& state, wire::Duration took, wire::Instant now);
// It did not answer a query sent at `sent`. Does nothing if it answered another one since: then only that
// name is slow.
void note_failure(ServerState& state, wire::Instant sent, wire::Instant now);
// When to ask somebody else as well: beyond the time that it needs nearly always.
[[nodiscard]] wire::Duration hedge_after(const ServerState& state, unsigned round);

class ServerMemory {
 public:
  [[nodiscard]] ServerState& at(const wire::Endpoint& server);
  void forget_failures();  // after a change of network routes
  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  // Two generations: when the young one is full it becomes the old one, and what is used moves over. Constant
  // time, bounded.
  using States = std::unordered_map<wire::Endpoint, ServerState, wire::EndpointHash>;
  States young_, old_;
};

}  // namespace shirube::upstream
