// Observer: receives the reports of the resolver. The log implements it, and folds and formats the reports.
// Threads:  called on the resolver's loop, from within a lookup: must not call back into the resolver.
#pragma once

#include "upstream/failure.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

// A server of a [[forward]] has stopped answering, or answers again.
struct ForwarderChange {
  const wire::Name& zone;  // of a [[forward]] that names it
  const wire::Endpoint& server;
  bool is_down = false;
  std::uint32_t unanswered = 0;  // is_down: queries in a row
};

// A change in what is known of a server, or a query that had to go on over TCP.
enum class ServerNews : std::uint8_t {
  Slow,  // its usual time is kSlowServer or more
  NotSlow,
  Down,  // a reply did not come in time
  Up,
  Lame,  // it does not serve the zone
  NotLame,
  Sloppy,  // it answers without AA
  NotSloppy,
  Recursive,  // of a [[stub]]: it declines queries without RD, and answers those with RD=1
  NotRecursive,
  CaseSensitive,  // it compares names with case, or does not echo their case
  NotCaseSensitive,
  NoEdns,  // it gets queries without EDNS for a while
  HasEdns,
  TcpAfterTruncation,
  TcpAfterMismatches,  // too many replies that almost matched
  TcpToProveNoEdns,
  TcpToCheckCase,
};
struct ServerChange {
  ServerNews news{};
  const wire::Endpoint& server;
  const wire::Name& zone;                    // the zone that it was asked for; the root for most forwarders
  const wire::Question* question = nullptr;  // Tcp...: of the query
  wire::Duration usual_time{};               // Slow, NotSlow, Up
};

// Validation came to another verdict on a zone.
struct TrustChange {
  const wire::Name& zone;
  const dnssec::Verdict* before = nullptr;  // nullptr: nothing was known
  const dnssec::Verdict& now;
};

class Observer {
 public:
  virtual ~Observer() = default;
  // A lookup ended without an answer; its clients get SERVFAIL or a stale answer.
  virtual void lookup_failed(const wire::Question& question, const Failure& failure) = 0;
  virtual void forwarder_changed(const ForwarderChange& /*change*/) {}
  // False: the functions below are not called, and nothing is prepared for them.
  [[nodiscard]] virtual bool wants_details() const { return false; }
  virtual void server_changed(const ServerChange& /*change*/) {}
  virtual void trust_changed(const TrustChange& /*change*/) {}
};

}  // namespace shirube::upstream
