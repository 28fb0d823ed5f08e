#include "upstream/server_news.hpp"

#include <algorithm>
#include <utility>

namespace shirube::upstream {
namespace {

[[nodiscard]] bool wants_news(const AskContext& context) {
  return context.observer != nullptr && context.observer->wants_details();
}

}  // namespace

void tell(const AskContext& context, const ServerChange& change) {
  if (wants_news(context)) context.observer->server_changed(change);
}

void record_reply(const AskContext& context, const ServerQuery& asked, wire::Duration took) {
  auto& state = context.memory.at(asked.server);
  const bool failed = state.fails();
  note_reply(state, took, context.network.now());
  if (!wants_news(context)) return;
  ServerChange change{
      .news = ServerNews::Up, .server = asked.server, .zone = asked.zone, .usual_time = state.smoothed_rtt};
  if (failed) context.observer->server_changed(change);
  const auto limit = state.told_slow ? kSlowServer / 2 : kSlowServer;
  const bool is_slow = state.smoothed_rtt >= limit;
  if (std::exchange(state.told_slow, is_slow) == is_slow) return;
  change.news = is_slow ? ServerNews::Slow : ServerNews::NotSlow;
  context.observer->server_changed(change);
}

void record_failure(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone,
                    wire::Instant sent, Tells tells) {
  auto& state = context.memory.at(server);
  const bool failed = state.fails();
  note_failure(state, sent, context.network.now(), tells);
  if (failed || !state.fails()) return;
  tell(context, {.news = ServerNews::Down, .server = server, .zone = zone});
}

void record_lame(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone) {
  auto& standing = context.memory.lameness(zone, server);
  const bool was_lame = standing.fails();
  note_setback(standing, context.network.now());
  if (!was_lame) tell(context, {.news = ServerNews::Lame, .server = server, .zone = zone});
}

void record_service(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone,
                    SetsAa sets_aa) {
  auto* standing = context.memory.find_lameness(zone, server);
  if (standing == nullptr) return;
  const bool was_lame = standing->fails();
  note_success(*standing);
  if (was_lame) tell(context, {.news = ServerNews::NotLame, .server = server, .zone = zone});
  const bool was_sloppy = standing->sloppy_until != wire::Instant::min();
  if (sets_aa == SetsAa::No || !was_sloppy || standing->is_sloppy(context.network.now())) return;
  standing->sloppy_until = wire::Instant::min();
  tell(context, {.news = ServerNews::NotSloppy, .server = server, .zone = zone});
}

bool record_sloppy(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone) {
  auto& standing = context.memory.lameness(zone, server);
  const auto now = context.network.now();
  const bool was_known = standing.is_sloppy(now);
  standing.sloppy_until = now + kSloppyMemory;
  if (!was_known) tell(context, {.news = ServerNews::Sloppy, .server = server, .zone = zone});
  return was_known;
}

void record_recursion(const AskContext& context, const ServerQuery& answered) {
  constexpr auto kNever = wire::Instant::min();
  const bool wants = answered.form.recursion_desired;
  const auto* known = context.memory.find_lameness(answered.zone, answered.server);
  const bool wanted = known != nullptr && known->wants_recursion_until != kNever;
  if (!wants && !wanted) return;
  context.memory.lameness(answered.zone, answered.server).wants_recursion_until =
      wants ? context.network.now() + kRecursionMemory : kNever;
  if (wants == wanted) return;
  const auto news = wants ? ServerNews::Recursive : ServerNews::NotRecursive;
  tell(context, {.news = news, .server = answered.server, .zone = answered.zone});
}

void record_case_sensitive(const AskContext& context, const wire::Endpoint& server, const wire::Name& scope,
                           CaseProof proof) {
  if (!note_case_sensitive(context.memory.case_standing(scope, server), proof, context.network.now())) return;
  ++context.statistics.case_fallbacks;
  tell(context, {.news = ServerNews::CaseSensitive, .server = server, .zone = scope});
}

void record_reply_in_random_case(const AskContext& context, const ServerQuery& asked,
                                 const MixedReply& reply) {
  auto& standing = context.memory.case_standing(asked.case_scope, asked.server);
  standing.answered_mixed = std::max(standing.answered_mixed, reply.sent);
  standing.silences = 0;
  if (!reply.with_data) return;
  standing.hints = 0;
  // Its names were sent in random case again, so this time is over.
  if (std::exchange(standing.plain_until, wire::Instant::min()) == wire::Instant::min()) return;
  tell(context, {.news = ServerNews::NotCaseSensitive, .server = asked.server, .zone = asked.case_scope});
}

}  // namespace shirube::upstream
