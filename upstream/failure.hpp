// Failure: the reasons for which a lookup has no answer, each with its server and zone. It becomes the EDE of
// the SERVFAIL and the line in the log.
// Threads:  values.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dnssec/verdict.hpp"
#include "upstream/network.hpp"
#include "wire/answer.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"

namespace shirube::upstream {

// What one server did instead of answering.
enum class Misbehaviour : std::uint8_t {
  Malformed,
  TooLarge,  // an RRset, or the names of the message, exceed the limits of wire/
  TruncatedOverTcp,
  Unrelated,         // an answer to another question
  NotAuthoritative,  // does not serve the zone: no AA, no referral
  UpwardReferral,    // does not serve the zone: sends us to its parent or to the root
};
// What kept us from asking a server at all.
enum class Obstacle : std::uint8_t {
  NoAddress,       // its name has no address
  NoIpv4Address,   // its name has no IPv4 address, and no route leads to an IPv6 address
  Forbidden,       // all its addresses are barred: resolve.do-not-query, our own, multicast
  AddressUnknown,  // the lookup of its address failed
  NoIpv6Route,     // only IPv6 addresses are known, and no route leads there
  Ipv6Off,         // only IPv6 addresses are known, and the configuration switches IPv6 off
  Ipv4Off,         // only IPv4 addresses are known, and the configuration switches IPv4 off
  Cycle,           // its address depends on itself
  TooDeep,         // more lookups for the sake of lookups than kMaxDepth
  KnownDown,       // failed a moment ago, and each try since has failed as well
  NoServers,       // the zone has no server that could be asked
  Overloaded,      // too many lookups are under way
};
// Its replies over UDP are truncated, and it cannot be asked over TCP.
struct TruncatedWithoutTcp {
  ExchangeError tcp{};
  friend bool operator==(const TruncatedWithoutTcp&, const TruncatedWithoutTcp&) = default;
};
// A Verdict: the validator rejects the server's data, or the data of its zone.
using Complaint =
    std::variant<ExchangeError, wire::Rcode, Misbehaviour, TruncatedWithoutTcp, Obstacle, dnssec::Verdict>;
[[nodiscard]] std::string to_text(const Complaint& complaint);
// The error that ended the exchange with the server; nullopt: it sent a reply, or was not asked.
[[nodiscard]] std::optional<ExchangeError> exchange_error(const Complaint& complaint);

// The role in which a server was asked. Another forwarder may do better; an authority has no substitute.
enum class AskedAs : std::uint8_t { Authority, Forwarder };

// The server that a lookup asked last.
struct LastAsked {
  wire::Endpoint server = {};  // port 0: none was asked
  wire::Name zone = {};
  AskedAs asked_as = AskedAs::Authority;
};
// The extended error for a client whose deadline comes before the end of its lookup.
[[nodiscard]] wire::ExtendedError not_in_time(const LastAsked& last);

struct Cause {
  wire::Name zone = {};
  wire::Endpoint server = {};  // port 0: none was reached
  Complaint complaint;
  wire::Name server_name = {};  // Obstacle: whose address was looked for; the root when it is about no server
  // Lookups for a server's address that lie between the question and this.
  unsigned away = 0;
  AskedAs asked_as = AskedAs::Authority;
  std::vector<wire::ExtendedError> earlier = {};  // KnownDown: how the failure that is cached was told
  friend bool operator==(const Cause&, const Cause&) = default;
};
// "192.0.2.1:53 of zone example. answered REFUSED", "forwarder 192.0.2.1:53 answered SERVFAIL"
[[nodiscard]] std::string to_text(const Cause& cause);

// Bounds the causes that one failure stores. A zone may have many servers; the first few causes suffice.
inline constexpr std::size_t kMaxCauses = 8;

struct Failure {
  std::vector<Cause> causes;                   // in the order in which they happened, at most kMaxCauses,
                                               // those of lookups for a server's address before the server's
  std::vector<wire::ExtendedError> from_peer;  // EDEs that the upstream itself gave
  bool out_of_budget = false;
  // The last packet to a server that failed.
  wire::Instant last_sent = wire::Instant::min();
  // An answer of this zone, for which the configuration names servers, did not validate; the root: of none.
  wire::Name named_zone = {};

  // At least one cause is new. False: all causes are failures that other lookups found a moment ago.
  [[nodiscard]] bool tells_news() const;
  // This host had no socket, no memory or no place for the lookup. This says nothing about the question, so
  // the failure is not cached.
  [[nodiscard]] bool is_own_trouble() const;
  // The verdict of a validation that failed; nullptr: none did. No stale answer may replace a bogus one.
  [[nodiscard]] const dnssec::Verdict* verdict() const;
  [[nodiscard]] bool is_bogus() const;
  // Validation needs more cryptography than the query had left.
  [[nodiscard]] bool is_too_costly() const;
  // The budget or the depth of this query caused the failure: another query may succeed.
  [[nodiscard]] bool hangs_on_asker() const;
  // Adds each cause once. If there is no room, it replaces a less informative one.
  void add(Cause cause);
  // What went wrong on the way to this failure.
  void add(const Failure& other);
  // The failure of a lookup for the address of a server.
  void add_of_address(const Failure& other);
};

// The cause to act on, by the table in failure_rank.cpp. The order: a validation failure, a reply of a server
// of the zone, an obstacle on the way to a server, keys that were not received, a consequence of other
// causes. A lack of sockets on this host comes second. REQUIRES: there is a cause.
[[nodiscard]] const Cause& most_telling(const Failure& failure);
// A lower rank is more informative.
[[nodiscard]] unsigned telling_rank(const Cause& cause);
// All causes are consequences of a limit that the lookup has reached.
[[nodiscard]] bool is_about_limits(const Failure& failure);

// How the administrator can act on it; empty only without a cause.
[[nodiscard]] std::string advice(const Failure& failure);

// First the cause to act on in words, with the flaw's own EDE when validation failed and else with the code
// of that cause (failure_kinds.hpp). Then the advice, and the EDEs of the upstream.
[[nodiscard]] std::vector<wire::ExtendedError> extended_errors(const Failure& failure);

}  // namespace shirube::upstream
