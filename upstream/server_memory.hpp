// ServerMemory: what was learnt about the servers that we ask: how fast, how reliable, which protocol
// features work, and which zones they do not serve though they should.
// Threads:  one owner (a worker each): no lock, and what one worker learns costs the others a packet at most.
// Owns:     states; a reference is valid for the next kMaxRememberedServers / 2 calls.
// Units:    microseconds.
// Rules:    smoothed RTT and variance as TCP has them (RFC 6298 §2); failure is remembered briefly: 2 s,
//           doubling, at most 60 s, and a failing server is probed by one query at a time.
#pragma once

#include "upstream/generations.hpp"
#include "upstream/keyed_hashes.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

inline constexpr wire::Duration kFirstBackoff = std::chrono::seconds{2};
inline constexpr wire::Duration kMaxBackoff = std::chrono::seconds{60};
// How long a server that refused EDNS, even over TCP, is asked without it.
inline constexpr wire::Duration kPlainDnsMemory = std::chrono::minutes{10};
// The same for one that dropped what had EDNS and answered what had not: it may only have been a bad line.
inline constexpr wire::Duration kDroppedEdnsMemory = std::chrono::seconds{60};
// How long a server that answered for a zone without AA is asked after the servers that set AA.
inline constexpr wire::Duration kSloppyMemory = std::chrono::minutes{5};
// How long a server of a [[stub]] that declined a query without RD and answered with RD=1 gets RD=1 first.
inline constexpr wire::Duration kRecursionMemory = std::chrono::minutes{5};
// The most servers that are remembered: bounds memory under delegations made up by an attacker.
inline constexpr std::size_t kMaxRememberedServers = 20'000;

// The failures of a server, or of a server for one zone.
struct Standing {
  wire::Duration backoff{};                         // zero: well
  wire::Instant down_until = wire::Instant::min();  // preferably not asked before
  std::uint32_t failures = 0;  // ever, of those that tell all: it grows if other lookups fail as well
  wire::Instant probed = wire::Instant::min();  // when it was asked last while it failed
  [[nodiscard]] bool fails() const { return backoff != wire::Duration{}; }
};
void note_success(Standing& standing);
// Silence on a type that not all servers know may be for this type alone (RFC 4074): other lookups do not
// take it for a failure of their own.
enum class Tells : std::uint8_t { All, OneType };
// One failure more. Within the time that the last one bars it nothing is doubled.
void note_setback(Standing& standing, wire::Instant now, Tells tells = Tells::All);

// How a server stands with one zone.
struct ZoneStanding : Standing {                      // lame or not
  wire::Instant sloppy_until = wire::Instant::min();  // it answered without AA a while ago
  // Until then it is asked with RD=1 first. Used only if a [[stub]] names the server.
  wire::Instant wants_recursion_until = wire::Instant::min();
  [[nodiscard]] bool is_sloppy(wire::Instant now) const { return now < sloppy_until; }
};

struct ServerState : Standing {
  bool measured = false;
  wire::Duration smoothed_rtt{};
  wire::Duration rtt_variance{};
  wire::Instant last_reply = wire::Instant::min();
  std::uint32_t unanswered = 0;                      // queries since the last reply that counted as failures
  wire::Instant answered = wire::Instant::min();     // when the latest query that it answered was sent
  wire::Instant plain_until = wire::Instant::min();  // asked without EDNS before
  bool edns_worked = false;
  // When it got its last patient probe (ServerRace::patient_probe).
  wire::Instant probed_patiently = wire::Instant::min();
  unsigned tcp_case_checks = 0;  // under way
  // A check over TCP got no usable reply: until then only truncated replies lead to TCP.
  wire::Instant no_tcp_checks_until = wire::Instant::min();
  // This server has a ZoneStanding for at least one zone. Most have none, which saves the search for one.
  bool has_zone_standing = false;
  bool told_slow = false;   // the observer was told that it is slow
  bool loses_case = false;  // proved over TCP: 0x20 is of no use with it
};

// Where the capital letters of a name in random case stand.
enum class Capitals : std::uint8_t {
  None,
  OfZone,  // only in labels of the server's zone, because the labels below have no letters
  BelowZone,
};

// Does a server compare names without case, as it should (RFC 4343 §3)?
struct CaseStanding {
  wire::Instant blind_until = wire::Instant::min();       // until then it does: no check is needed
  wire::Instant zone_blind_until = wire::Instant::min();  // the same, for the labels of its zone
  // Until then it does not: names are sent to it in plain case.
  wire::Instant plain_until = wire::Instant::min();
  // When the latest query with capitals below the zone that it answered was sent.
  wire::Instant answered_mixed = wire::Instant::min();
  // Until then a comparison (case_silence.hpp) is under way.
  wire::Instant compares_until = wire::Instant::min();
  unsigned hints = 0;  // better replies in plain case, without a proof
  // Replies in plain case after silence in random case. A reply to random case sets this to zero.
  unsigned silences = 0;
  // It was proved to compare with case. Data of a name in random case is no proof against it any more: a
  // wildcard matches all names.
  bool was_sensitive = false;
  [[nodiscard]] bool is_blind(wire::Instant now) const { return now < blind_until; }
};
// How long a proof holds that a server compares without case: a new version of the server may differ.
inline constexpr wire::Duration kCaseBlindMemory = std::chrono::hours{4};
inline constexpr wire::Duration kCaseSensitiveMemory = std::chrono::hours{1};
// A server that seems to drop names in random case: the packets may have been lost all the same.
inline constexpr wire::Duration kCaseSilentMemory = std::chrono::minutes{5};
// A UDP reply to a name in plain case may be forged: this many must agree before 0x20 is switched off.
inline constexpr unsigned kHintsOfCase = 3;
// Checks over TCP that one worker has under way at one server. Beyond them, UDP confirms better replies.
// Bounds the connections that a flood of missing names opens there.
inline constexpr unsigned kMaxTcpCaseChecks = 16;
// How long TCP is avoided after a check over TCP got no usable reply, so that clients do not wait for it.
inline constexpr wire::Duration kWithoutTcpMemory = std::chrono::minutes{10};
// After so many silences the next one is followed by a comparison (case_silence.hpp).
inline constexpr unsigned kSilencesBeforeComparison = 2;
// Data of a name with such capitals. Labels below the zone prove all; those of the zone prove themselves
// only.
void note_case_blind(CaseStanding& standing, Capitals capitals, wire::Instant now);
// May a denial of a name with such capitals be due to them?
[[nodiscard]] bool wants_case_check(const CaseStanding& standing, Capitals capitals, wire::Instant now);
// A difference over TCP is a proof, over UDP a hint. True: from now on names are sent to it in plain case.
enum class CaseProof : std::uint8_t { Hint, Proved };
bool note_case_sensitive(CaseStanding& standing, CaseProof proof, wire::Instant now);
// A comparison found that it drops names in random case. The next period begins with a comparison again.
void note_case_silent(CaseStanding& standing, wire::Instant now);

void note_reply(ServerState& state, wire::Duration took, wire::Instant now);
// It did not answer a query sent at `sent`. Does nothing if it answered another one since: then only that
// name is slow.
void note_failure(ServerState& state, wire::Instant sent, wire::Instant now, Tells tells = Tells::All);

// How long a reply may take before another server is asked as well.
struct Pace {
  wire::Duration unknown;           // of a server that was never measured
  wire::Duration least, most;       // of a measured one
  wire::Duration beside_quicker;    // at most, when another server is probably quicker
  wire::Duration retransmit_after;  // at least, when there is nobody else to ask
};
// A forwarder may have to walk from the root first; asked again while it is merely busy, it works twice.
inline constexpr Pace kForwarderPace{std::chrono::milliseconds{600}, std::chrono::milliseconds{150},
                                     std::chrono::milliseconds{1'200}, std::chrono::milliseconds{1'200},
                                     std::chrono::milliseconds{800}};
// An authority knows or does not know.
inline constexpr Pace kAuthorityPace{std::chrono::milliseconds{400},
                                     std::chrono::milliseconds{50},
                                     std::chrono::milliseconds{1'000},
                                     std::chrono::milliseconds{800},
                                     {}};
// When to ask somebody else as well: beyond the time that it needs nearly always, doubled `round` times.
[[nodiscard]] wire::Duration hedge_after(const ServerState& state, unsigned round,
                                         const Pace& pace = kForwarderPace);

// A server that needs more time than this is too slow for any client.
inline constexpr wire::Duration kMostPatience = std::chrono::seconds{6};
// When a missing reply counts as a failure: after `patience`, or after the usual time of a server that is
// known to be slow.
[[nodiscard]] wire::Duration overdue_after(const ServerState& state, wire::Duration patience);

class ServerMemory {
 public:
  explicit ServerMemory(const KeyedHash& hash = {})
      : servers_(kMaxRememberedServers, hash),
        lame_(kMaxRememberedServers, {hash}),
        case_(kMaxRememberedServers, {hash}) {}

  [[nodiscard]] ServerState& at(const wire::Endpoint& server) { return servers_.at(server); }
  // It may stand differently with other zones.
  [[nodiscard]] ZoneStanding& lameness(const wire::Name& zone, const wire::Endpoint& server) {
    servers_.at(server).has_zone_standing = true;
    return lame_.at(ZoneServerView{zone, server});
  }
  // nullptr: never was lame or sloppy, and never needed RD=1.
  [[nodiscard]] ZoneStanding* find_lameness(const wire::Name& zone, const wire::Endpoint& server) {
    const auto* known = servers_.find(server);
    if (known == nullptr || !known->has_zone_standing) return nullptr;
    return lame_.find(ZoneServerView{zone, server});
  }
  // `scope`: the names for which it holds (case_check.hpp). A forwarder may compare its own names with case,
  // and pass other names on.
  [[nodiscard]] CaseStanding& case_standing(const wire::Name& scope, const wire::Endpoint& server) {
    return case_.at(ZoneServerView{scope, server});
  }
  // The same for reading only: an unknown scope takes no place in the memory.
  [[nodiscard]] const CaseStanding& known_case_standing(const wire::Name& scope,
                                                        const wire::Endpoint& server) {
    static const CaseStanding kUnknown;
    const auto* known = case_.find(ZoneServerView{scope, server});
    return known == nullptr ? kUnknown : *known;
  }
  void forget_failures();  // after a change of network routes
  [[nodiscard]] std::size_t size() const { return servers_.size(); }

 private:
  // For a lookup, which copies no name.
  struct ZoneServerView {
    const wire::Name& zone;
    const wire::Endpoint& server;
  };
  struct ZoneServer {
    wire::Name zone;
    wire::Endpoint server;
    explicit ZoneServer(const ZoneServerView& view) : zone(view.zone), server(view.server) {}
  };
  struct ZoneServerHash {
    using is_transparent = void;
    KeyedHash hash;
    [[nodiscard]] std::size_t operator()(const auto& key) const { return hash(key.zone, key.server); }
  };
  struct ZoneServerEqual {
    using is_transparent = void;
    [[nodiscard]] bool operator()(const auto& a, const auto& b) const {
      return a.server == b.server && a.zone == b.zone;
    }
  };
  Generations<wire::Endpoint, ServerState, KeyedHash> servers_;
  Generations<ZoneServer, ZoneStanding, ZoneServerHash, ZoneServerEqual> lame_;
  Generations<ZoneServer, CaseStanding, ZoneServerHash, ZoneServerEqual> case_;
};

}  // namespace shirube::upstream
