#include "upstream/stub_recursion.hpp"

#include <algorithm>
#include <utility>

#include "upstream/authority_reply.hpp"
#include "upstream/server_news.hpp"

namespace shirube::upstream {
namespace {

// What one outcome tells about RD.
enum class StubWord : std::uint8_t {
  Answer,    // an answer of an authority or a resolver
  Declined,  // the server may do better with the other value of RD
  Neutral,   // a referral, silence, and a failure to recurse
};

// SERVFAIL to a query with RD=1 is the failure of the servers behind the resolver.
[[nodiscard]] bool declines(wire::Rcode rcode, const ServerQuery& asked) {
  if (rcode == wire::Rcode::Refused || rcode == wire::Rcode::NotImp) return true;
  return rcode == wire::Rcode::ServFail && !asked.form.recursion_desired;
}

[[nodiscard]] StubWord hear(const AskOutcome& outcome, const ServerQuery& asked) {
  if (const auto* complained = std::get_if<Complained>(&outcome)) {
    const auto* rcode = std::get_if<wire::Rcode>(&complained->complaint);
    return rcode != nullptr && declines(*rcode, asked) ? StubWord::Declined : StubWord::Neutral;
  }
  const auto* content = std::get_if<ReplyContent>(&outcome);
  if (content == nullptr) return StubWord::Neutral;
  const auto verdict = judge_reply(*content, asked.question, asked.zone);
  if (const auto* wrong = std::get_if<Misbehaviour>(&verdict))
    return is_lame(*wrong) ? StubWord::Declined : StubWord::Neutral;
  if (std::holds_alternative<Referral>(verdict)) return StubWord::Neutral;
  // RD=1 gains nothing from a server that neither serves the zone nor recurses.
  const bool is_of_nobody = asked.form.recursion_desired && !content->authoritative && !content->recursed;
  return is_of_nobody ? StubWord::Declined : StubWord::Answer;
}

[[nodiscard]] bool wants_recursion(const AskContext& context, const wire::Name& zone,
                                   const wire::Endpoint& server) {
  const auto* standing = context.memory.find_lameness(zone, server);
  return standing != nullptr && context.network.now() < standing->wants_recursion_until;
}

}  // namespace

Task<AskOutcome> ask_stub_server(AskContext context, ServerQuery query, Budget& budget) {
  query.form.recursion_desired = wants_recursion(context, query.zone, query.server);
  const auto asked = query;
  auto ask = ask_server(context, std::move(query), budget);
  auto first = co_await ask;
  const auto first_heard = hear(first, asked);
  if (first_heard == StubWord::Answer) record_recursion(context, asked);
  if (first_heard != StubWord::Declined) co_return first;
  auto other = asked;
  other.form.recursion_desired = !asked.form.recursion_desired;
  const auto asked_again = other;
  auto ask_again = ask_server(context, std::move(other), budget);
  auto second = co_await ask_again;
  const auto heard = hear(second, asked_again);
  if (heard == StubWord::Answer) record_recursion(context, asked_again);
  // If both were declined, the reply without RD counts, as from an authority.
  const bool takes_first = heard == StubWord::Declined && asked_again.form.recursion_desired;
  if (takes_first) co_return first;
  co_return second;
}

bool any_wants_recursion(const AskContext& context, const wire::Name& zone,
                         std::span<const wire::Endpoint> servers) {
  return std::ranges::any_of(
      servers, [&](const wire::Endpoint& server) { return wants_recursion(context, zone, server); });
}

}  // namespace shirube::upstream
