// Asking one server one question, to its last word: over UDP, over TCP when truncated or when somebody
// guesses, without EDNS when it is proved that the server has none.
// Threads:  the loop of the Network.
// Errors:   a Complaint, or the budget ran out.
// Rules:    one FORMERR never switches EDNS off, because one packet can be forged (CVE-2026-52690): the
//           server must say it again over TCP, or, where it has no TCP, again to another port and ID, and
//           then it holds for this question only.
//           A denial without signatures, said to a name in random case by a server that may compare names
//           with case, is checked by one question in plain case: over TCP, which cannot be forged blindly, or
//           over UDP where the server has no TCP (decision 016). A UDP socket stays open until the budget
//           ends, so that a late reply is heard. The race decides when it no longer waits for it. Nothing is
//           sent when less than kLeastTime is left.
#pragma once

#include <optional>
#include <span>
#include <variant>

#include "upstream/awaiting.hpp"
#include "upstream/budget.hpp"
#include "upstream/failure.hpp"
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
  const UpstreamSettings* settings = nullptr;  // what a race goes by; a single probe needs none
  // Not asked this time: what they sent before did not validate. Borrowed.
  std::span<const wire::Endpoint> avoided = {};
};

// A server that is asked with less time left than this cannot answer in time.
inline constexpr wire::Duration kLeastTime = std::chrono::milliseconds{5};

struct OutOfBudget {};
// The lookup's time ended first, which says nothing about the server.
struct OutOfTime {};
struct Complained {
  Complaint complaint;
  std::vector<wire::ExtendedError> errors;  // the server's own reasons
};
using AskOutcome = std::variant<ReplyContent, Complained, OutOfBudget, OutOfTime>;

// Whether a server may be asked while no route leads to its family: what an administrator names may stand
// nearer than any route tells.
enum class Reach : std::uint8_t { Always, ByRoute };

// How far an attempt has got: its task writes, its race reads.
struct Progress {
  wire::Instant sent{};                             // the packet that is waited for
  wire::Instant overdue_at = wire::Instant::max();  // a reply to it that is not there by then is late
  std::optional<wire::Instant> streams_since = {};  // set when the question goes on over TCP
};

struct ServerQuery {
  wire::Endpoint server;
  wire::Question question;
  QueryForm form;             // what to begin with
  wire::Duration patience{};  // with one UDP packet: a reply that takes longer is overdue
  Reach reach = Reach::Always;
  // Where what is known of the server's case holds: the root for all zones of an authority.
  wire::Name case_scope = {};
  wire::Name zone = {};  // the zone that the server is asked for
  // A denial of a shortened question is of no consequence, and need not be checked.
  bool checks_case = true;
  Progress* progress = nullptr;           // borrowed, if anybody looks
  Exchange::OnHindered on_hindered = {};  // a packet says that the server cannot answer; it may be forged
};

// `context` and `budget` must outlive the task.
[[nodiscard]] Task<AskOutcome> ask_server(AskContext context, ServerQuery query, Budget& budget);

}  // namespace shirube::upstream
