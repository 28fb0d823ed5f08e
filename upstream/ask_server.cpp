#include "upstream/ask_server.hpp"

#include <algorithm>

#include "upstream/reply_reading.hpp"

namespace shirube::upstream {
namespace {

// UDP, TCP because of EDNS, UDP again, UDP without EDNS, TCP because of TC: no honest server needs more.
constexpr unsigned kMaxSteps = 6;
// A stream that does not answer by then is no help to a client who waits.
constexpr wire::Duration kTcpPatience = std::chrono::milliseconds{2'500};
// A handshake and the question take two round trips.
constexpr int kTcpRoundTrips = 3;

// Where the conversation with one server stands.
struct Conversation {
  QueryForm form;
  Transport transport = Transport::Udp;
  unsigned edns_refusals = 0;
  bool guessed_at = false;  // near misses, or a reply in another case
  bool truncated = false;   // a reply over UDP was
  bool tcp_failed = false;
  ExchangeError tcp_error{};  // when it did
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

void after_edns_refusal(Conversation& talk, ServerState& state, AskContext context) {
  ++talk.edns_refusals;
  const bool proved = talk.transport == Transport::Tcp;
  if (proved) state.plain_until = context.network.now() + kPlainDnsMemory;
  if (proved || talk.tcp_failed) {
    ++context.statistics.edns_fallbacks;
    talk.form.edns = false;
    talk.transport = Transport::Udp;
  } else {
    talk.transport = Transport::Tcp;
  }
}

void learn(const ReplyReading& reading, const Conversation& talk, ServerState& state, AskContext context) {
  auto& statistics = context.statistics;
  if (reading.has_edns) state.edns_worked = true;
  // Asked without EDNS because nothing with it came through.
  const auto now = context.network.now();
  if (!talk.form.edns && talk.edns_refusals == 0 && !state.edns_worked && now >= state.plain_until) {
    ++statistics.edns_fallbacks;
    state.plain_until = now + kDroppedEdnsMemory;
  }
  if (reading.lost_case && talk.transport == Transport::Tcp && !state.loses_case) {
    ++statistics.case_fallbacks;
    state.loses_case = true;
  }
}

// Decides by one reply; nullopt: ask again as `talk` now says.
[[nodiscard]] std::optional<AskOutcome> after_reply(ReplyReading reading, Conversation& talk,
                                                    ServerState& state, AskContext context) {
  learn(reading, talk, state, context);
  switch (reading.kind) {
    case ReplyKind::Answered:
      return AskOutcome(std::move(reading.content));
    case ReplyKind::Truncated:
      if (talk.transport == Transport::Tcp) return AskOutcome(Complained{Misbehaviour::TruncatedOverTcp, {}});
      if (talk.tcp_failed) return AskOutcome(Complained{talk.tcp_error, {}});
      talk.truncated = true;
      talk.transport = Transport::Tcp;
      return std::nullopt;
    case ReplyKind::EdnsRefused:
      after_edns_refusal(talk, state, context);
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

void note_step(Progress& progress, bool tcp, wire::Instant sent, wire::Duration normal) {
  progress.sent = sent;
  progress.overdue_at = sent + normal;
  if (tcp) progress.streams_since = sent;
}

}  // namespace

Task<AskOutcome> ask_server(AskContext context, ServerQuery asked, Budget& budget) {
  Conversation talk{.form = asked.form};
  for (unsigned step = 0; step < kMaxSteps; ++step) {
    // The route may have gone since the last packet.
    if (asked.reach == Reach::ByRoute && !context.network.has_route(asked.server.address.family))
      co_return AskOutcome(Complained{ExchangeError::Unreachable, {}});
    const auto sent = context.network.now();
    const auto left = budget.left(sent);
    if (left < kLeastTime) co_return AskOutcome(OutOfTime{});
    if (!budget.take_packet()) co_return AskOutcome(OutOfBudget{});
    const bool tcp = talk.transport == Transport::Tcp;
    ++(tcp ? context.statistics.tcp_queries : context.statistics.udp_queries);
    const auto normal = tcp ? tcp_patience(context.memory.at(asked.server)) : asked.patience;
    if (asked.progress != nullptr) note_step(*asked.progress, tcp, sent, normal);
    auto query = make_query(asked.question, talk.form, context.network);
    const auto patience = tcp ? std::min(left, normal) : left;
    ExchangeRequest request{asked.server, talk.transport, query, patience};
    Exchange exchange(context.network, std::move(request), &asked.on_hindered);
    auto result = co_await exchange;
    const auto now = context.network.now();
    auto& state = context.memory.at(asked.server);
    if (!result) {
      const auto error = result.error();
      if (after_error(error, talk, context.statistics) == Next::Ask) continue;
      // Time was up before a server may be called late; over UDP the race has counted what was overdue.
      if (error == ExchangeError::TimedOut && (!tcp || patience < normal)) co_return AskOutcome(OutOfTime{});
      if (error != ExchangeError::Local) note_failure(state, sent, now);
      co_return AskOutcome(Complained{error, {}});
    }
    if (!tcp) note_reply(state, result->took, now);
    if (!budget.take_bytes(result->bytes.size())) co_return AskOutcome(OutOfBudget{});
    auto reading = read_reply(std::move(result->bytes), query, asked.question.name);
    auto outcome = after_reply(std::move(reading), talk, state, context);
    if (outcome) co_return std::move(*outcome);
  }
  co_return AskOutcome(Complained{Misbehaviour::Malformed, {}});
}

}  // namespace shirube::upstream
