// From a client's query to its answer: the lookups that it takes, put together in the client's form.
// Threads:  the loop of the worker that has the query.
// Owns:     nothing; `pending` and `applied` must outlive the task.
// Errors:   none: an answer is always made, if only SERVFAIL with its reason, by the query's deadline.
// Rules:    docs/rewriting.md. No answer tells a TTL above the limits of the configuration, and none is kept
//           longer than it says.
#pragma once

#include "policy/rewriter.hpp"
#include "server/pending_query.hpp"
#include "server/resolver_pool.hpp"

namespace shirube::server {

// Lookups beside the answer, for its rewriting, are not worth more waiting than this: the answer is there.
inline constexpr wire::Duration kFactPatience = std::chrono::milliseconds{1'500};
// ANY asks for an alias first, and waits so long before it asks for other types too: to ask all at once would
// send each of them after the target of the alias.
inline constexpr wire::Duration kAliasPatience = std::chrono::milliseconds{400};
// A client with CD gets data that validation refuses with no more TTL than a failure is remembered for.
inline constexpr std::uint32_t kFlawedTtl = 60;
// A finished packet of data that was not validated lives no longer than this: a flaw that is found meanwhile
// is to be told.
inline constexpr wire::Duration kUnvalidatedPacketLifetime = std::chrono::seconds{5};

struct AnswerSources {
  upstream::Network& network;
  ResolverPool& pool;
  std::size_t self = 0;  // index in the pool
};

[[nodiscard]] upstream::Task<cache::CachedAnswer> make_answer(AnswerSources sources,
                                                              const PendingQuery& pending,
                                                              policy::Applied& applied);

// An answer that needs no server: local names. nullopt: this is none of them.
[[nodiscard]] std::optional<wire::Answer> make_local_answer(const PendingQuery& pending);

}  // namespace shirube::server
