// Resolver: from a question to an answer: cache, one lookup for all who ask the same, stale answers,
// deadline, prefetch.
// Threads:  one loop; the AnswerCache behind it is shared with other loops.
// Owns:     its lookups under way; borrows network, cache and observer, which must outlive it. Destroying it
//           cancels all.
// Units:    microseconds.
// Errors:   none to the caller: there is always an answer, if only SERVFAIL with its reasons, by the
//           deadline.
// Rules:    serve-stale RFC 8767 (a client waits 1.8 s for something fresh), failures RFC 9520, coalescing
//           against birthday attacks (RFC 5452 §5, RebirthDay CVE-2025-5994).
#pragma once

#include <map>
#include <memory>
#include <unordered_map>

#include "cache/cached_answer.hpp"
#include "upstream/ask_server.hpp"
#include "upstream/awaiting.hpp"
#include "upstream/observer.hpp"
#include "upstream/settings.hpp"

namespace shirube::upstream {

// RFC 8767 §5: after this long without a fresh answer the client gets the stale one.
inline constexpr wire::Duration kStaleAfter = std::chrono::milliseconds{1'800};
// Lookups under way at once: bounds memory and sockets under a flood of slow names.
inline constexpr std::size_t kMaxLookups = 1'500;
// When all are taken, a new question takes the place of the oldest that has had this long; an honest answer
// rarely needs more.
inline constexpr wire::Duration kShedAfter = std::chrono::milliseconds{500};

class Resolver {
 public:
  using SettingsPtr = std::shared_ptr<const UpstreamSettings>;
  Resolver(Network& network, cache::AnswerCache& cache, SettingsPtr settings, Observer& observer);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // The answer by `deadline`. It is never stored by the caller as truth: it may be stale or a failure.
  [[nodiscard]] Task<cache::CachedAnswer> resolve(wire::Question question, cache::View view,
                                                  wire::Instant deadline);
  // What resolve() would give without waiting or asking; nullopt when it would have to.
  [[nodiscard]] std::optional<cache::CachedAnswer> find_fresh(const wire::Question& question,
                                                              cache::View view) const;
  // Starts a lookup that nobody waits for, unless one is under way: what is hot is renewed before it expires.
  void prefetch(const wire::Question& question);

  // Lookups under way go on with the settings they began with.
  void set_settings(SettingsPtr settings) { settings_ = std::move(settings); }
  void routes_changed();
  [[nodiscard]] std::size_t lookups_in_flight() const { return lookups_.size(); }
  [[nodiscard]] const Statistics& statistics() const { return statistics_; }

 private:
  struct LookupKey {
    wire::Question question;
    cache::View view;
    friend bool operator==(const LookupKey&, const LookupKey&) = default;
  };
  struct LookupKeyHash {
    [[nodiscard]] std::size_t operator()(const LookupKey& key) const;
  };
  struct Lookup;
  using LookupPtr = std::shared_ptr<Lookup>;

  [[nodiscard]] LookupPtr join_lookup(const LookupKey& key);
  [[nodiscard]] LookupPtr start_lookup(const LookupKey& key);
  [[nodiscard]] bool shed_oldest();
  void end_lookup(Lookup& lookup, cache::CachedAnswer result);
  [[nodiscard]] Task<void> run_lookup(LookupPtr lookup);
  [[nodiscard]] Task<cache::CachedAnswer> walk_chain(wire::Question question, cache::View view);
  void store(const struct AnswerChain& chain, wire::Type type, cache::View view);
  [[nodiscard]] cache::CachedAnswer fail(const wire::Question& question, cache::View view,
                                         const Failure& failure);

  Network& network_;
  cache::AnswerCache& cache_;
  SettingsPtr settings_;
  Observer& observer_;
  ServerMemory memory_;
  Statistics statistics_;
  std::unordered_map<LookupKey, LookupPtr, LookupKeyHash> lookups_;
  std::map<std::size_t, LookupPtr> by_age_;  // by the number of their task, which only grows
  TaskSet running_;                          // last: its tasks use all of the above
};

}  // namespace shirube::upstream
