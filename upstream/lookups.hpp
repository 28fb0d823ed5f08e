// Lookups: the questions that are being asked upstream: each is in flight once, follows its aliases, takes
// its route, stores what it learns, and may begin further lookups for the addresses of servers.
// Threads:  one loop; the AnswerCache behind it is shared with other loops.
// Owns:     its lookups under way; borrows all else, which must outlive it. Destroying it cancels all.
// Errors:   a lookup always ends with an answer, if only SERVFAIL with its reasons.
// Rules:    coalescing against birthday attacks (RFC 5452 §5, RebirthDay CVE-2025-5994); failures RFC 9520; one
//           budget for all that is begun for a client's question; cycles end at once (TsuNAME).
#pragma once

#include <expected>
#include <map>
#include <unordered_map>

#include "upstream/ask_server.hpp"
#include "upstream/forwarder.hpp"
#include "upstream/forwarder_watch.hpp"
#include "upstream/holders.hpp"
#include "upstream/iterator.hpp"
#include "upstream/lookup.hpp"
#include "upstream/observer.hpp"
#include "upstream/outdated.hpp"
#include "upstream/zone_trust.hpp"

namespace shirube::upstream {

// Lookups under way at once: bounds memory and sockets under a flood of slow names.
inline constexpr std::size_t kMaxLookups = 1'500;
// If all places are taken, a question of a client with fewer lookups replaces the oldest lookup of the client
// with most, at once. So one client's slow names do not end another client's lookups. Otherwise a new
// question replaces the oldest lookup that is at least this old; an honest answer rarely needs more.
inline constexpr wire::Duration kShedAfter = std::chrono::milliseconds{500};
// How long a walk waits for another walk that asks the same servers for the same name with another type.
inline constexpr wire::Duration kStepPatience = std::chrono::milliseconds{400};
// Patient probes under way at once: bounds the sockets that a flood of names below dead zones holds.
inline constexpr std::size_t kMaxPatientProbes = 16;
// How soon a priming query that failed is sent again; the hints serve meanwhile.
inline constexpr wire::Duration kPrimingRetry = std::chrono::seconds{5};

using SettingsPtr = std::shared_ptr<const UpstreamSettings>;

class Lookups {
 public:
  struct Parts {
    Network& network;
    cache::AnswerCache& cache;
    Observer& observer;
    Statistics& statistics;
  };
  Lookups(Parts parts, SettingsPtr settings)
      : parts_(parts),
        settings_(std::move(settings)),
        hash_(parts.network),
        memory_(hash_),
        watch_({parts.network, memory_, parts.statistics, parts.observer}),
        trust_memory_(std::make_shared<TrustMemory>(hash_)),
        lookups_(0, {hash_}),
        steps_(0, {hash_}),
        zone_asks_(parts.network, parts.statistics, hash_),
        forwarder_asks_(parts.network, parts.statistics, hash_) {}

  // The lookup under way, or a new one. nullptr: too many are.
  [[nodiscard]] LookupPtr join(const LookupKey& key, Share share);
  // Begins a lookup that has no waiting client yet (a prefetch). False: one is under way, or too many are.
  // `asker`: the lookup that begins it. It is not shed for the new one.
  bool start(const LookupKey& key, Share share, Lookup* asker = nullptr);
  // What the cache can say of a name that it has never heard of: a denial from above (RFC 8020) that may be
  // believed for this name, or one that validated records prove (RFC 8198), or data of their wildcard.
  [[nodiscard]] std::optional<cache::CachedAnswer> find_denial(const wire::Question& question,
                                                               dnssec::Effort& effort) const;

  // Lookups under way go on with the settings they began with; but those of zones that the change makes
  // outdated end, and the cache drops these zones, so that nothing of the former rules becomes truth under
  // these. To be called from outside of lookups.
  void set_settings(SettingsPtr settings);
  // Adds to the statistics what of it they do not know yet.
  void count(QueryEffort& effort);
  void forget_server_failures() { memory_.forget_failures(); }
  [[nodiscard]] std::size_t size() const { return lookups_.size(); }

 private:
  class Host;
  using Addresses = WalkHost::Addresses;
  // A step that only one lookup takes at a time: a walk's question (zone and name), establishing the trust in
  // a zone, or probing a zone's servers.
  enum class StepKind : std::uint8_t { Ask, Trust, Probe };
  struct StepKey {
    wire::Name zone;
    wire::Name name;
    StepKind kind = StepKind::Ask;
    friend bool operator==(const StepKey&, const StepKey&) = default;
  };
  struct StepKeyHash {
    KeyedHash hash;
    [[nodiscard]] std::size_t operator()(const StepKey& key) const {
      return hash(key.name, 4 * key.zone.label_count() + static_cast<std::uint64_t>(key.kind));
    }
  };
  struct StepUnderWay {
    StepUnderWay(Network& network, LookupPtr its_owner) : done(network), owner(std::move(its_owner)) {}
    Pulse done;
    LookupPtr owner;
  };
  using StepPtr = std::shared_ptr<StepUnderWay>;

  [[nodiscard]] wire::Instant now() const { return parts_.network.now(); }
  [[nodiscard]] BudgetPtr budget_for(Share share) const;
  [[nodiscard]] LookupPtr create(const LookupKey& key, BudgetPtr budget, Part part);
  // Begun for `asker`, whose budget it shares.
  [[nodiscard]] LookupPtr create_for(const LookupKey& key, const Lookup& asker);
  [[nodiscard]] LookupPtr add(LookupPtr lookup);
  // The lookup to wait for. nullptr: none is under way, or it began with scarce means and the new one has
  // more. The new one then replaces it; lookups that wait for the old one continue to do so.
  [[nodiscard]] LookupPtr find_under_way(const LookupKey& key, Means means) const;
  [[nodiscard]] bool has_room(ClientId client, const Lookup* asker);
  void run(const LookupPtr& lookup);
  [[nodiscard]] bool shed_oldest(const Lookup* asker);
  [[nodiscard]] bool shed_from_largest(ClientId newcomer, const Lookup* asker);
  void shed(Lookup& lookup);
  // Ends a lookup from outside, with this reason. REQUIRES: its coroutine is not running, and the caller
  // holds a LookupPtr to it.
  void abandon(Lookup& lookup, const char* reason);
  void end(Lookup& lookup, cache::CachedAnswer result);

  [[nodiscard]] Task<void> run_lookup(LookupPtr lookup);
  [[nodiscard]] Task<cache::CachedAnswer> follow_aliases(LookupPtr lookup);
  using Chain = std::expected<AnswerChain, Failure>;
  // Judged, if it has to be, and stored.
  [[nodiscard]] Task<Chain> ask(wire::Question question, LookupPtr lookup, SettingsPtr settings);
  // Data asked for under other routes or other trust settings must not become truth under these.
  [[nodiscard]] bool is_current(const UpstreamSettings& settings) const {
    return &settings == settings_.get() || outdated_by(settings, *settings_).nothing();
  }
  // As somebody sent it.
  struct Manner {
    std::vector<wire::Endpoint> avoided = {};  // not asked
    bool minimises = true;                     // the question, if the settings want that
    bool checking_disabled = false;            // a forwarder is asked with CD
  };
  [[nodiscard]] Task<Chain> ask_by_route(wire::Question question, LookupPtr lookup, SettingsPtr settings,
                                         Manner manner);
  [[nodiscard]] Task<Chain> ask_and_validate(wire::Question question, LookupPtr lookup, SettingsPtr settings);
  struct Judged {
    dnssec::Verdict verdict = {};
    std::shared_ptr<const Failure> hindrance = {};  // if keys or a DS were not received: why
  };
  // `chain` and `question` must outlive the task.
  [[nodiscard]] Task<Judged> judge(AnswerChain& chain, const wire::Question& question, LookupPtr lookup,
                                   SettingsPtr settings);
  [[nodiscard]] Failure distrusting(const Judged& judged, const wire::Question& question,
                                    const AnswerChain& chain, const Route& route);
  // A question, and the means with which its own lookup began.
  struct Asked {
    wire::Question question;
    Means means;
  };
  [[nodiscard]] Means means_now(const Lookup& lookup) const;
  [[nodiscard]] bool may_begin_again(const Lookup& lookup, const Failure& failure) const;
  [[nodiscard]] cache::CachedAnswer fail(Asked asked, Lookup& lookup, Failure failure);

  // What a lookup for another's sake brought, begun for it or under way before. `zone`: for the words about
  // what hinders it.
  struct Found {
    wire::Answer answer;
    Source source;
  };
  [[nodiscard]] Task<std::expected<Found, Failure>> look_up_for(LookupKey key, wire::Name zone,
                                                                LookupPtr asker);
  // A forged reply may have switched EDNS off for this server (CVE-2026-52690): switches it on again.
  // False: the server was asked with EDNS.
  bool ask_with_edns_again(const Source& source);
  void keep_ranges(const AnswerChain& chain, Lookup& lookup);
  [[nodiscard]] std::optional<cache::CachedAnswer> find_proven(const wire::Question& question,
                                                               dnssec::Effort& effort) const;

  [[nodiscard]] Task<Addresses> find_addresses(wire::Question question, AddressSource source, wire::Name zone,
                                               LookupPtr asker);
  // As answered by the server's own zone.
  [[nodiscard]] std::optional<std::vector<wire::Address>> own_addresses(const wire::Question& question) const;
  [[nodiscard]] std::optional<std::vector<wire::Address>> known_addresses(const wire::Question& question,
                                                                          Budget& budget) const;

  [[nodiscard]] std::optional<std::vector<wire::Address>> known_glue(const wire::Question& question) const;

  void prime_if_due(const SettingsPtr& settings);
  [[nodiscard]] Task<void> prime(SettingsPtr settings);
  [[nodiscard]] Task<void> learn_root_servers(SettingsPtr settings);

  Parts parts_;
  SettingsPtr settings_;
  KeyedHash hash_;
  ServerMemory memory_;
  ForwarderWatch watch_;
  std::shared_ptr<TrustMemory>
      trust_memory_;  // under settings_->trust; lookups that began under another have their own
  bool primes_ = false;
  wire::Instant next_priming_ = wire::Instant::min();
  std::unordered_map<LookupKey, LookupPtr, LookupKeyHash> lookups_;
  std::unordered_map<StepKey, StepPtr, StepKeyHash> steps_;
  ZoneAsks zone_asks_;
  SharedAsks<ForwardedReply> forwarder_asks_;
  Holders holders_;
  std::map<std::size_t, LookupPtr> by_age_;  // by the number of their task, which only grows
  std::size_t patient_probes_ = 0;
  TaskSet running_;  // last: its tasks use all of the above
};

[[nodiscard]] inline bool is_failure(const cache::CachedAnswer& found) {
  return found.answer.rcode == wire::Rcode::ServFail;
}

// What clients get when nothing better is there: SERVFAIL, not to be sent again after `reuse` without
// looking.
[[nodiscard]] cache::CachedAnswer failed_answer(std::vector<wire::ExtendedError> errors, wire::Instant now,
                                                wire::Duration reuse = cache::kFirstFailureLifetime);

}  // namespace shirube::upstream
