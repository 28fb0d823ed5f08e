// Resolver: from a client's question to its answer: cache, lookup, stale answers, deadline, prefetch.
// Threads:  one loop; the AnswerCache behind it is shared with other loops.
// Owns:     its lookups under way; borrows network, cache and observer, which must outlive it. Destroying it
//           cancels all.
// Units:    microseconds.
// Errors:   none to the caller: there is always an answer, if only SERVFAIL with its reasons, by the
//           deadline.
// Rules:    serve-stale RFC 8767 (a client waits 1.8 s for something fresh). A failure is told from memory
//           (RFC 9520) while one lookup at a time looks whether it has ended, a second apart.
#pragma once

#include "upstream/lookups.hpp"

namespace shirube::upstream {

// RFC 8767 §5: after this long without a fresh answer the client gets the stale one.
inline constexpr wire::Duration kStaleAfter = std::chrono::milliseconds{1'800};

// How long a client waits for whether a remembered failure has ended, before it is told of the failure.
inline constexpr wire::Duration kProbeWait = std::chrono::milliseconds{400};

class Resolver {
 public:
  using SettingsPtr = upstream::SettingsPtr;
  Resolver(Network& network, cache::AnswerCache& cache, SettingsPtr settings, Observer& observer);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // The answer by `deadline`. It is never stored by the caller as truth: it may be stale or a failure.
  [[nodiscard]] Task<cache::CachedAnswer> resolve(wire::Question question, cache::View view,
                                                  wire::Instant deadline, Share share);
  [[nodiscard]] Task<cache::CachedAnswer> resolve(wire::Question question, cache::View view,
                                                  wire::Instant deadline) {
    return resolve(std::move(question), view, deadline, {});
  }
  // What resolve() would give without waiting or asking; nullopt when it would have to.
  [[nodiscard]] std::optional<cache::CachedAnswer> find_fresh(const wire::Question& question,
                                                              cache::View view) const;
  // The cached validation failures of the question or of one of the aliases in this answer. A client with CD
  // gets them beside the data.
  [[nodiscard]] std::vector<wire::ExtendedError> known_flaws(const wire::Question& question,
                                                             const wire::Answer& answer) const;
  // Starts a lookup that nobody waits for, unless one is under way: what is hot is renewed before it expires,
  // and failed lookups are tried again. It spends the query's budget for lookups ahead of need.
  void prefetch(const wire::Question& question, const Share& share = {});

  // Lookups under way go on with the settings they began with.
  void set_settings(SettingsPtr settings) { lookups_.set_settings(std::move(settings)); }
  void routes_changed();
  [[nodiscard]] std::size_t lookups_in_flight() const { return lookups_.size(); }
  [[nodiscard]] const Statistics& statistics() const { return statistics_; }

 private:
  // A lookup that has ended or is still under way at `until`; nullptr: too many are.
  [[nodiscard]] Task<LookupPtr> look_up(LookupKey key, Share share, wire::Instant until);
  [[nodiscard]] std::optional<cache::CachedAnswer> find_denial(const wire::Question& question,
                                                               QueryEffort& effort);

  Network& network_;
  cache::AnswerCache& cache_;
  Statistics statistics_;
  Lookups lookups_;
};

}  // namespace shirube::upstream
