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
#include "server/pending_query.hpp"
#include "server/query_handler.hpp"
#include "server/refusal_limit.hpp"
#include "server/reply.hpp"
#include "server/resolver_pool.hpp"
#include "server/serving.hpp"
#include "upstream/holders.hpp"

namespace shirube::server {

// Clients waiting for an answer at one worker: bounds memory under a flood of slow names (jostling). Each
// network may hold as many places as are still free, so that the largest holders are refused first and others
// find room. A query without a place gets SERVFAIL.
inline constexpr std::size_t kMaxPendingQueries = 10'000;
// The same for one /24 or /56 that is not loopback. All waiting answers may be sent in one burst to a forged
// address (DNSBomb). 500 of them are at most 616 kB; a network whose answers take 50 ms still gets 10,000 a
// second, besides the hits.
inline constexpr std::size_t kMaxPendingOfNetwork = 500;

struct ServiceStatistics {
  std::uint64_t queries = 0;
  std::uint64_t hits = 0;     // answered from finished packets
  std::uint64_t pending = 0;  // answered later
  std::uint64_t manners = 0;  // answered by admission: refusals, format errors
  std::uint64_t silent = 0;
  std::uint64_t local = 0;  // local names and CH
  std::uint64_t overloads = 0;
  std::uint64_t held_back = 0;  // refusals not sent because of RefusalLimit; also counted as silent
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
  // Has this client a free place for a waiting query?
  [[nodiscard]] bool has_room(const wire::Address& client) const;
  void finish(const PendingQuery& pending, const cache::CachedAnswer& found);
  void refresh(std::size_t profile);

  Surroundings around_;
  ServingPtr serving_;
  cache::RenderedCache rendered_;
  ServiceStatistics statistics_;
  wire::QueryView query_;  // of the packet in hand
  RefusalLimit refusals_;
  upstream::Holders holders_;
  wire::Bytes scratch_;  // for replies rendered later
  upstream::TaskSet tasks_;
};

}  // namespace shirube::server
