// Makes the answer to a client's query: starts its lookups and combines their results in the client's form.
// Threads:  the loop of the worker that has the query.
// Owns:     nothing; `pending` and `applied` must outlive the task.
// Errors:   none: an answer is always made by the query's deadline, in the worst case SERVFAIL with its
//           reason.
// Rules:    docs/rewriting.md. No answer has a TTL above the limits of the configuration, and no answer is
//           kept longer than its TTL.
#pragma once

#include "policy/rewriter.hpp"
#include "server/detail_log.hpp"
#include "server/pending_query.hpp"
#include "server/resolver_pool.hpp"

namespace shirube::server {

// The longest wait for extra lookups that only the rewriting needs, when the answer is already there.
inline constexpr wire::Duration kFactPatience = std::chrono::milliseconds{1'500};
// ANY looks up CNAME first, and waits this long before it looks up the other types: if all started at once,
// each of them would follow the alias to its target.
inline constexpr wire::Duration kAliasPatience = std::chrono::milliseconds{400};
// For a client with CD the TTL of bogus data is at most the lifetime of a cached failure.
inline constexpr std::uint32_t kFlawedTtl = 60;
// The longest life of a packet with unvalidated data in the packet cache, so that a flaw found later is
// reported.
inline constexpr wire::Duration kUnvalidatedPacketLifetime = std::chrono::seconds{5};

struct AnswerSources {
  upstream::Network& network;
  ResolverPool& pool;
  std::size_t self = 0;          // index in the pool
  DetailLog* details = nullptr;  // nullptr: rewritten answers are not logged
};

[[nodiscard]] upstream::Task<cache::CachedAnswer> make_answer(AnswerSources sources,
                                                              const PendingQuery& pending,
                                                              policy::Applied& applied);

// An answer that needs no server, for local names. nullopt: the name is not local.
[[nodiscard]] std::optional<wire::Answer> make_local_answer(const PendingQuery& pending);

}  // namespace shirube::server
