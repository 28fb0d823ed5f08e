// Asking one server one question, to its last word: over UDP, over TCP when truncated or when somebody
// guesses, without EDNS when it is proved that the server has none.
// Threads:  the loop of the Network.
// Errors:   a Complaint, or the budget ran out.
// Rules:    one FORMERR never switches EDNS off, because one packet can be forged (CVE-2026-52690): the
//           server must say it again over TCP, or, where it has no TCP, again to another port and ID, and
//           then it holds for this question only.
//           If a server may compare names with case, its unsigned denial of a name in random case is checked
//           by one question in plain case over UDP (decision 016). A better reply is confirmed over TCP,
//           because UDP can be forged. If the check fails with an rcode, this failure is the outcome. If it
//           gets no usable reply, the denial is the outcome, in doubt (CaseDoubt). If the budget, the time or
//           the route ends before, the denial is not used. A UDP socket stays open until the budget ends, so
//           that a late reply is heard. The race decides when to stop waiting. If less than kLeastTime is
//           left, nothing is sent.
#pragma once

#include <optional>
#include <span>
#include <variant>

#include "upstream/awaiting.hpp"
#include "upstream/budget.hpp"
#include "upstream/failure.hpp"
#include "upstream/observer.hpp"
#include "upstream/query_message.hpp"
#include "upstream/reply_reading.hpp"
#include "upstream/server_memory.hpp"
#include "upstream/settings.hpp"
#include "upstream/statistics.hpp"
#include "upstream/task.hpp"
#include "wire/answer.hpp"

namespace shirube::upstream {

// What every lookup on one loop shares. Outlives them all.
struct AskContext {
  Network& network;
  ServerMemory& memory;
  Statistics& statistics;
  const UpstreamSettings* settings = nullptr;  // needed by a race; a single probe needs none
  // Not asked this time: what they sent before did not validate. Borrowed.
  std::span<const wire::Endpoint> avoided = {};
  Observer* observer = nullptr;  // nullptr: what is learnt of servers is told to no log
};

// A server that is asked with less time left than this cannot answer in time.
inline constexpr wire::Duration kLeastTime = std::chrono::milliseconds{5};

// The zone about whose names a reply tells whether they are compared without case (case_check.hpp). It is one
// zone: the owner of another zone of the same server must not prove anything about it.
enum class CaseScope : std::uint8_t {
  AskedZone,    // that which the server is asked for
  ZoneInReply,  // a forwarder passes names on to servers that differ: the reply tells which zone it is
};

struct OutOfBudget {};
// The lookup's time ended first, which says nothing about the server.
struct OutOfTime {};
struct Complained {
  Complaint complaint;
  std::vector<wire::ExtendedError> errors;  // the server's own reasons
};
using AskOutcome = std::variant<ReplyContent, Complained, OutOfBudget, OutOfTime>;

// When an unsigned denial of a name in random case is checked in plain case (decision 016).
enum class CaseCheck : std::uint8_t {
  AtOnce,
  Later,  // the question is shortened: the whole name is asked next, and the denial is in doubt
  Never,  // the root's servers compare without case, and the content of a probe's reply is not used
};

// Whether a server may be asked while no route leads to its family: what an administrator names may stand
// nearer than any route tells.
enum class Reach : std::uint8_t { Always, ByRoute };

// The progress of an attempt: its task writes, its race reads.
struct Progress {
  wire::Instant sent{};                             // when the packet that waits for a reply was sent
  wire::Instant overdue_at = wire::Instant::max();  // after this a reply is late
  std::optional<wire::Instant> streams_since = {};  // set when the question goes on over TCP
};

struct ServerQuery {
  wire::Endpoint server;
  wire::Question question;
  QueryForm form;             // what to begin with
  wire::Duration patience{};  // for one UDP packet: a reply that takes longer is overdue
  Reach reach = Reach::Always;
  // The names that are asked in plain case once the server is known to need it: the root means all of them.
  wire::Name case_scope = {};
  CaseScope case_knowledge = CaseScope::AskedZone;
  // Set if it is asked in plain case after silence: when the query in random case was sent.
  std::optional<wire::Instant> silent_since = {};
  wire::Name zone = {};  // the zone that the server is asked for
  AskedAs asked_as = AskedAs::Authority;
  CaseCheck case_check = CaseCheck::AtOnce;
  Progress* progress = nullptr;           // borrowed; nullptr if no race reads it
  Exchange::OnHindered on_hindered = {};  // a packet says that the server cannot answer; it may be forged
};

// `budget`, and all that `context` refers to, must outlive the task.
[[nodiscard]] Task<AskOutcome> ask_server(AskContext context, ServerQuery query, Budget& budget);

}  // namespace shirube::upstream
