// QueryService: answers queries: the hit path straight from finished packets, everything else by a coroutine
// for each client.
// Threads:  one worker's loop.
// Owns:     the worker's rendered cache and its clients' pending queries; borrows network and pool.
// Errors:   none: a query ends with a reply or with deliberate silence.
// Cost:     a hit allocates nothing and makes no system call.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "cache/rendered_cache.hpp"
#include "policy/rewriter.hpp"
#include "server/answer_maker.hpp"
#include "server/burst_limit.hpp"
#include "server/pending_query.hpp"
#include "server/query_handler.hpp"
#include "server/refusal_limit.hpp"
#include "server/reply.hpp"
#include "server/resolver_pool.hpp"
#include "server/serving.hpp"
#include "server/waiting_queries.hpp"

namespace shirube::server {

struct ServiceStatistics {
  std::uint64_t queries = 0;
  std::uint64_t hits = 0;     // answered from finished packets
  std::uint64_t pending = 0;  // answered later
  std::uint64_t manners = 0;  // answered by admission: refusals, format errors
  std::uint64_t silent = 0;
  std::uint64_t local = 0;  // local names and CH
  std::uint64_t overloads = 0;
  std::uint64_t held_back = 0;  // refusals that were not sent: RefusalLimit; counted as silent too
  std::uint64_t repeated = 0;   // questions that their network waits for already; counted as silent too
  std::uint64_t cut = 0;        // replies that BurstLimit truncated or dropped
  std::array<std::uint64_t, static_cast<std::size_t>(policy::Rewriter::kCount)> rewrites{};
};

class QueryService final : public QueryHandler {
 public:
  using Surroundings = AnswerSources;
  QueryService(Surroundings surroundings, ServingPtr serving, std::size_t rendered_bytes,
               std::uint64_t hash_seed);

  [[nodiscard]] HandleResult on_packet(wire::BytesView packet, const ReplyPath& path,
                                       wire::BytesSpan out) override;

  // New settings or routes: finished packets are void, queries under way go on as they began.
  void set_serving(ServingPtr serving, std::size_t rendered_bytes);
  [[nodiscard]] const ServiceStatistics& statistics() const { return statistics_; }
  [[nodiscard]] cache::RenderedCache::Statistics rendered_statistics() const {
    return rendered_.statistics();
  }
  [[nodiscard]] std::size_t pending() const { return tasks_.size(); }

 private:
  [[nodiscard]] HandleResult answer_by_manners(const ReplyPath& path, wire::BytesSpan out,
                                               const struct Admitted& admitted);
  // False: this network has had enough refusals, and this one is not sent.
  [[nodiscard]] bool may_refuse(const ReplyPath& path);
  [[nodiscard]] HandleResult answer_now(const wire::Answer& answer, const ReplyPath& path,
                                        wire::BytesSpan out);
  [[nodiscard]] HandleResult answer_later(const ReplyPath& path, wire::BytesSpan out, std::size_t profile);
  [[nodiscard]] upstream::Task<void> serve(PendingQuery pending);
  [[nodiscard]] HandleResult refuse_to_wait(const ReplyPath& path, wire::BytesSpan out);
  void finish(const PendingQuery& pending, const cache::CachedAnswer& found);
  // `packet`: the whole reply, in scratch_. Sends it, a truncated one, or none.
  void send_within_limits(const PendingQuery& pending, wire::Rcode rcode, wire::BytesView packet);
  void refresh(std::size_t profile);

  Surroundings around_;
  ServingPtr serving_;
  cache::RenderedCache rendered_;
  ServiceStatistics statistics_;
  wire::QueryView query_;  // of the packet in hand
  RefusalLimit refusals_;
  BurstLimit bursts_;
  WaitingQueries waiting_;
  wire::Bytes scratch_;  // for replies rendered later
  upstream::TaskSet tasks_;
};

}  // namespace shirube::server
