#include "upstream/ask_server.hpp"

#include <algorithm>

#include "upstream/case_check.hpp"
#include "upstream/case_silence.hpp"
#include "upstream/reply_reading.hpp"
#include "upstream/server_news.hpp"

namespace shirube::upstream {
namespace {

// UDP, TCP because of EDNS, UDP again, UDP without EDNS, TCP because of TC: no honest server needs more.
// A case check adds at most two questions: one over UDP, and one over TCP or from another UDP port.
constexpr unsigned kMaxSteps = 8;
// The client also waits for a case check. Over UDP a slow server gets twice its smoothed RTT, at most
// kMostForCaseCheck.
constexpr wire::Duration kCaseCheckPatience = std::chrono::milliseconds{800};
constexpr wire::Duration kMostForCaseCheck = std::chrono::milliseconds{1'600};
// A stream that does not answer by then is no help to a client who waits.
constexpr wire::Duration kTcpPatience = std::chrono::milliseconds{2'500};
// A handshake and the question take two round trips. The third one is a reserve.
constexpr int kTcpRoundTrips = 3;

// Counts a check over TCP at the server as under way, as long as it lives.
class TcpCaseCheck {
 public:
  TcpCaseCheck(ServerMemory& memory, const wire::Endpoint& server) : memory_(memory), server_(server) {
    ++memory_.at(server_).tcp_case_checks;
  }
  ~TcpCaseCheck() {
    // The memory may have dropped the server since, and begun a new count.
    auto& count = memory_.at(server_).tcp_case_checks;
    if (count > 0) --count;
  }
  TcpCaseCheck(const TcpCaseCheck&) = delete;
  TcpCaseCheck& operator=(const TcpCaseCheck&) = delete;

 private:
  ServerMemory& memory_;
  wire::Endpoint server_;
};

// Where the conversation with one server stands.
struct Conversation {
  QueryForm form;
  Transport transport = Transport::Udp;
  wire::Instant sent{};  // when the last packet was sent
  unsigned edns_refusals = 0;
  bool guessed_at = false;  // near misses, or a reply in another case
  bool truncated = false;   // a reply over UDP was
  bool tcp_failed = false;
  ExchangeError tcp_error{};           // when it did
  Capitals capitals = Capitals::None;  // of the name, as it was sent last
  bool had_route = false;              // when the question was sent first
  // While the check is under way: the denial. While a better reply from UDP is confirmed: that reply.
  std::optional<AskOutcome> unchecked = {};
  Worth denied = Worth::Error;                 // the worth of that denial
  bool is_better = false;                      // `unchecked` is the better reply
  std::optional<TcpCaseCheck> tcp_check = {};  // nullopt: the question in plain case goes over UDP
  // The failure rcode that the server returned to the check, if any.
  std::optional<AskOutcome> check_failure = {};
};

[[nodiscard]] wire::Duration tcp_patience(const ServerState& state) {
  return state.measured ? std::max(kTcpPatience, kTcpRoundTrips * state.smoothed_rtt) : kTcpPatience;
}

enum class Next : std::uint8_t { Ask, Stop };

[[nodiscard]] Next after_error(ExchangeError error, Conversation& talk, Statistics& statistics) {
  const bool over_tcp = talk.transport == Transport::Tcp;
  if (error == ExchangeError::NearMisses && !over_tcp && !talk.tcp_failed) {
    ++statistics.near_misses;
    talk.guessed_at = true;
    talk.transport = Transport::Tcp;
    return Next::Ask;
  }
  // The server has no TCP to prove anything by: once more over UDP, to another port and ID, for this question
  // only. A truncated reply may have been forged as well.
  if (over_tcp && !talk.tcp_failed && (talk.edns_refusals == 1 || talk.guessed_at || talk.truncated)) {
    talk.tcp_failed = true;
    talk.tcp_error = error;
    talk.transport = Transport::Udp;
    if (talk.guessed_at) talk.form.mix_case = false;
    return Next::Ask;
  }
  return Next::Stop;
}

void ask_plainly(const ServerQuery& asked, wire::Duration time, const AskContext& context) {
  context.memory.at(asked.server).plain_until = context.network.now() + time;
  tell(context, {.news = ServerNews::NoEdns, .server = asked.server, .zone = asked.zone});
}

void after_edns_refusal(Conversation& talk, const ServerQuery& asked, AskContext context) {
  ++talk.edns_refusals;
  const bool proved = talk.transport == Transport::Tcp;
  if (proved) ask_plainly(asked, kPlainDnsMemory, context);
  if (proved || talk.tcp_failed) {
    ++context.statistics.edns_fallbacks;
    talk.form.edns = false;
    talk.transport = Transport::Udp;
  } else {
    talk.transport = Transport::Tcp;
  }
}

void learn(const ReplyReading& reading, const Conversation& talk, const ServerQuery& asked,
           AskContext context) {
  auto& statistics = context.statistics;
  auto& state = context.memory.at(asked.server);
  const auto now = context.network.now();
  if (reading.has_edns) {
    state.edns_worked = true;
    const bool was_without = state.plain_until != wire::Instant::min() && now >= state.plain_until;
    if (was_without) {
      state.plain_until = wire::Instant::min();
      tell(context, {.news = ServerNews::HasEdns, .server = asked.server, .zone = asked.zone});
    }
  }
  // Asked without EDNS because nothing with it came through.
  if (!talk.form.edns && talk.edns_refusals == 0 && !state.edns_worked && now >= state.plain_until) {
    ++statistics.edns_fallbacks;
    ask_plainly(asked, kDroppedEdnsMemory, context);
  }
  if (reading.lost_case && talk.transport == Transport::Tcp && !state.loses_case) {
    ++statistics.case_fallbacks;
    state.loses_case = true;
    tell(context, {.news = ServerNews::CaseSensitive, .server = asked.server, .zone = asked.zone});
  }
}

[[nodiscard]] bool has_room_for_tcp_check(const ServerState& state) {
  return state.tcp_case_checks < kMaxTcpCaseChecks;
}

// A truncated reply can be completed only over TCP, so earlier failures of TCP do not count.
[[nodiscard]] bool is_tcp_worth_a_check(const Conversation& talk, const ServerState& state,
                                        wire::Instant now) {
  if (talk.tcp_failed) return false;
  const bool is_quick = !state.measured || kTcpRoundTrips * state.smoothed_rtt <= kCaseCheckPatience;
  return talk.truncated || (is_quick && now >= state.no_tcp_checks_until);
}

// Moves the check to TCP if possible. True: `talk` now uses TCP.
[[nodiscard]] bool begins_check_over_tcp(Conversation& talk, const ServerQuery& asked, AskContext context) {
  const auto& state = context.memory.at(asked.server);
  if (!has_room_for_tcp_check(state) || !is_tcp_worth_a_check(talk, state, context.network.now()))
    return false;
  talk.transport = Transport::Tcp;
  talk.tcp_check.emplace(context.memory, asked.server);
  return true;
}

// Decides by one reply; nullopt: ask again as `talk` now says.
[[nodiscard]] std::optional<AskOutcome> after_reply(ReplyReading reading, Conversation& talk,
                                                    const ServerQuery& asked, AskContext context) {
  learn(reading, talk, asked, context);
  switch (reading.kind) {
    case ReplyKind::Answered:
      return AskOutcome(std::move(reading.content));
    case ReplyKind::Truncated:
      if (talk.transport == Transport::Tcp) return AskOutcome(Complained{Misbehaviour::TruncatedOverTcp, {}});
      if (talk.tcp_failed) return AskOutcome(Complained{TruncatedWithoutTcp{talk.tcp_error}, {}});
      talk.truncated = true;
      if (talk.unchecked) return AskOutcome(Complained{TruncatedWithoutTcp{talk.tcp_error}, {}});
      talk.transport = Transport::Tcp;
      return std::nullopt;
    case ReplyKind::EdnsRefused:
      // The server has just answered with EDNS, so this FORMERR is no usable reply to a check.
      if (talk.unchecked) return AskOutcome(Complained{Misbehaviour::Malformed, std::move(reading.errors)});
      after_edns_refusal(talk, asked, context);
      return std::nullopt;
    case ReplyKind::Failed:
      return AskOutcome(Complained{reading.rcode, std::move(reading.errors)});
    case ReplyKind::TooLarge:
      return AskOutcome(Complained{Misbehaviour::TooLarge, {}});
    case ReplyKind::Malformed:
      break;
  }
  return AskOutcome(Complained{Misbehaviour::Malformed, {}});
}

// A forwarder's zones are not known before its reply, so that all labels count as below them.
[[nodiscard]] std::size_t labels_of_zone(const ServerQuery& asked) {
  return asked.case_knowledge == CaseScope::AskedZone ? asked.zone.label_count() : 0;
}

[[nodiscard]] CaseNames case_names(const ServerQuery& asked) {
  return {asked.case_knowledge, asked.zone, asked.question.name};
}

void note_data_in_random_case(const ServerQuery& asked, Capitals capitals, AskContext context) {
  if (context.memory.known_case_standing(asked.case_scope, asked.server).was_sensitive) return;
  const auto now = context.network.now();
  const auto zones = zones_of_data(case_names(asked));
  note_case_blind(context.memory.case_standing(zones.first, asked.server), capitals, now);
  if (zones.second) note_case_blind(context.memory.case_standing(*zones.second, asked.server), capitals, now);
}

[[nodiscard]] AskOutcome in_doubt(AskOutcome denial, CaseDoubt doubt) {
  std::get<ReplyContent>(denial).case_doubt = doubt;
  return denial;
}

[[nodiscard]] wire::Duration case_check_patience(const Conversation& talk, const ServerState& state) {
  if (talk.tcp_check || !state.measured) return kCaseCheckPatience;
  return std::clamp(2 * state.smoothed_rtt, kCaseCheckPatience, kMostForCaseCheck);
}

// The first reply. nullopt: it is a denial that may be due to the random case, and `talk` now says how to
// check it.
[[nodiscard]] std::optional<AskOutcome> take_first_reply(AskOutcome outcome, Worth worth, Conversation& talk,
                                                         const ServerQuery& asked, AskContext context) {
  if (talk.capitals == Capitals::None) return outcome;
  if (worth == Worth::Data && proves_case_blind(std::get<ReplyContent>(outcome), asked))
    note_data_in_random_case(asked, talk.capitals, context);
  if (talk.capitals == Capitals::BelowZone)
    record_reply_in_random_case(context, asked, {.sent = talk.sent, .with_data = worth == Worth::Data});
  if (asked.case_check == CaseCheck::Never || !is_unsigned_denial(outcome, worth, asked.zone)) return outcome;
  const auto zone = case_zone(case_names(asked), std::get<ReplyContent>(outcome).answer);
  const auto now = context.network.now();
  const auto& standing = context.memory.known_case_standing(zone, asked.server);
  if (!wants_case_check(standing, talk.capitals, now)) return outcome;
  if (asked.case_check == CaseCheck::Later) return in_doubt(std::move(outcome), CaseDoubt::Shortened);
  const auto& state = context.memory.at(asked.server);
  // Too slow for a check within the time of a client.
  if (state.measured && state.smoothed_rtt > kMostForCaseCheck)
    return in_doubt(std::move(outcome), CaseDoubt::CheckFailed);
  talk.unchecked = std::move(outcome);
  talk.denied = worth;
  talk.form.mix_case = false;
  if (std::exchange(talk.transport, Transport::Udp) == Transport::Tcp)
    static_cast<void>(begins_check_over_tcp(talk, asked, context));
  return std::nullopt;
}

// The check has failed: the server returned a failure rcode, or no usable reply. A check over UDP is repeated
// over TCP if possible. nullopt: send the question as `talk` now says.
[[nodiscard]] std::optional<AskOutcome> case_unchecked(Conversation& talk, const ServerQuery& asked,
                                                       AskContext context) {
  if (!talk.tcp_check) {
    if (begins_check_over_tcp(talk, asked, context)) return std::nullopt;
    // The better reply was to be confirmed over UDP.
    if (talk.is_better) return AskOutcome(Complained{ExchangeError::TimedOut, {}});
  } else {
    context.memory.at(asked.server).no_tcp_checks_until = context.network.now() + kWithoutTcpMemory;
  }
  if (talk.is_better) {
    record_case_sensitive(context, asked.server, asked.case_scope, CaseProof::Hint);
    return std::move(talk.unchecked);
  }
  if (talk.check_failure) return std::move(talk.check_failure);
  // A denial waits. NOLINTNEXTLINE(bugprone-unchecked-optional-access)
  return in_doubt(std::move(*talk.unchecked), CaseDoubt::CheckFailed);
}

// The server said with an rcode that it fails.
[[nodiscard]] bool is_own_failure(const AskOutcome& outcome) {
  const auto* complained = std::get_if<Complained>(&outcome);
  return complained != nullptr && std::holds_alternative<wire::Rcode>(complained->complaint);
}

// Must a better reply over UDP be confirmed, as it may be forged? Then `talk` says how: over TCP, or from
// another UDP port if kMaxTcpCaseChecks are under way, so that a flood does not help a forger.
[[nodiscard]] bool begins_confirmation(Conversation& talk, const ServerQuery& asked, AskContext context) {
  const auto now = context.network.now();
  const auto& state = context.memory.at(asked.server);
  const bool is_known = now < context.memory.known_case_standing(asked.case_scope, asked.server).plain_until;
  if (talk.tcp_check || talk.is_better || is_known || !is_tcp_worth_a_check(talk, state, now)) return false;
  return !has_room_for_tcp_check(state) || begins_check_over_tcp(talk, asked, context);
}

// Records whether the server compares names with case. nullopt: ask again as `talk` now says.
[[nodiscard]] std::optional<AskOutcome> check_case(AskOutcome outcome, Conversation& talk,
                                                   const ServerQuery& asked, AskContext context) {
  const auto worth = worth_of(outcome, asked.question, asked.zone);
  if (!talk.unchecked) return take_first_reply(std::move(outcome), worth, talk, asked, context);
  if (worth == Worth::Error) {
    if (is_own_failure(outcome)) talk.check_failure = std::move(outcome);
    return case_unchecked(talk, asked, context);
  }
  // The confirmation was not better than the denial: the earlier UDP reply may be forged and is dropped.
  if (worth <= talk.denied) return talk.is_better ? std::move(outcome) : std::move(talk.unchecked);
  if (begins_confirmation(talk, asked, context)) {
    talk.unchecked = std::move(outcome);
    talk.is_better = true;
    return std::nullopt;
  }
  const auto proof = talk.tcp_check ? CaseProof::Proved : CaseProof::Hint;
  record_case_sensitive(context, asked.server, asked.case_scope, proof);
  return outcome;
}

void tell_of_tcp(const Conversation& talk, const ServerQuery& asked, const AskContext& context) {
  auto why = ServerNews::TcpAfterTruncation;
  if (talk.unchecked) {
    why = ServerNews::TcpToCheckCase;
  } else if (talk.guessed_at) {
    why = ServerNews::TcpAfterMismatches;
  } else if (talk.edns_refusals == 1 && !talk.truncated) {
    why = ServerNews::TcpToProveNoEdns;
  }
  tell(context, {.news = why, .server = asked.server, .zone = asked.zone, .question = &asked.question});
}

[[nodiscard]] wire::Duration normal_patience(const Conversation& talk, const ServerQuery& asked,
                                             const ServerState& state) {
  if (talk.unchecked) return case_check_patience(talk, state);
  return talk.transport == Transport::Tcp ? tcp_patience(state) : asked.patience;
}

void note_step(Progress& progress, bool tcp, wire::Instant sent, wire::Duration normal) {
  progress.sent = sent;
  progress.overdue_at = sent + normal;
  if (tcp) progress.streams_since = sent;
}

}  // namespace

Task<AskOutcome> ask_server(AskContext context, ServerQuery asked, Budget& budget) {
  asked.form.zone_labels = labels_of_zone(asked);
  Conversation talk{.form = asked.form};
  talk.had_route = context.network.has_route(asked.server.address.family);
  for (unsigned step = 0; step < kMaxSteps; ++step) {
    // The route may have gone since the last packet.
    if (asked.reach == Reach::ByRoute && !context.network.has_route(asked.server.address.family))
      co_return AskOutcome(Complained{ExchangeError::Unreachable, {}});
    const auto sent = talk.sent = context.network.now();
    const auto left = budget.left(sent);
    if (left < kLeastTime) co_return AskOutcome(OutOfTime{});
    if (!budget.take_packet()) co_return AskOutcome(OutOfBudget{});
    budget.last_asked = {asked.server, asked.zone, asked.asked_as};
    const bool tcp = talk.transport == Transport::Tcp;
    ++(tcp ? context.statistics.tcp_queries : context.statistics.udp_queries);
    const auto normal = normal_patience(talk, asked, context.memory.at(asked.server));
    if (tcp) tell_of_tcp(talk, asked, context);
    if (asked.progress != nullptr) note_step(*asked.progress, tcp, sent, normal);
    auto query = make_query(asked.question, talk.form, context.network);
    talk.capitals = talk.form.mix_case ? capitals_in(query, talk.form.zone_labels) : Capitals::None;
    const bool waits_for_late = !tcp && !talk.unchecked;
    const auto patience = waits_for_late ? left : std::min(left, normal);
    ExchangeRequest request{asked.server, talk.transport, query, patience};
    Exchange exchange(context.network, std::move(request), &asked.on_hindered);
    auto result = co_await exchange;
    if (!result) {
      const auto error = result.error();
      // The lookup's time ended before the server was late. Over UDP the race has already counted overdue
      // replies.
      const bool out_of_time = error == ExchangeError::TimedOut && (waits_for_late || patience < normal);
      const bool is_unsent = !tcp && (error == ExchangeError::Local || error == ExchangeError::Unreachable);
      const bool is_cut_off =
          is_unsent || (talk.had_route && !context.network.has_route(asked.server.address.family));
      if (talk.unchecked && !out_of_time && !is_cut_off) {
        if (auto denial = case_unchecked(talk, asked, context)) co_return std::move(*denial);
        continue;
      }
      if (!talk.unchecked && after_error(error, talk, context.statistics) == Next::Ask) continue;
      if (out_of_time) co_return AskOutcome(OutOfTime{});
      if (error != ExchangeError::Local) record_failure(context, asked.server, asked.zone, sent);
      co_return AskOutcome(Complained{error, {}});
    }
    if (!tcp) record_reply(context, asked, result->took);
    if (!budget.take_bytes(result->bytes.size())) co_return AskOutcome(OutOfBudget{});
    auto reading = read_reply(std::move(result->bytes), query, asked.question.name);
    auto outcome = after_reply(std::move(reading), talk, asked, context);
    if (outcome) outcome = check_case(std::move(*outcome), talk, asked, context);
    if (!outcome) continue;
    if (asked.silent_since && std::holds_alternative<ReplyContent>(*outcome)) {
      auto noted = note_silence(context, asked, budget);
      co_await noted;
    }
    co_return std::move(*outcome);
  }
  if (talk.unchecked) co_return in_doubt(std::move(*talk.unchecked), CaseDoubt::CheckFailed);
  co_return AskOutcome(Complained{Misbehaviour::Malformed, {}});
}

}  // namespace shirube::upstream
