// ServerRace: asks a set of servers until one answers. It begins with the best server. If a reply is late, it
// asks another server as well; if a server fails, it asks the next. It only decides; a coroutine drives it.
// Threads:  one owner, on the loop of the Network.
// Owns:     how far each server has got in this race; what is learnt for later goes to the ServerMemory.
// Units:    microseconds.
// Rules:    an authority that is known to fail gets one query at a time from the whole worker, a probe. Other
//           lookups wait for its outcome, at most kProbeInterval. So a dead zone costs few packets, however
//           many lookups need it, and the first query after its recovery succeeds.
//           A late reply is overdue: the server then counts as failing, and the race asks others. Its socket
//           stays open, and the reply is accepted as long as the race goes on.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "upstream/ask_server.hpp"
#include "upstream/failure.hpp"
#include "upstream/server_choice.hpp"

namespace shirube::upstream {

// Attempts of one race that wait for a reply at once. An untried server may be asked beyond this, as a
// fourth.
inline constexpr unsigned kMaxParallelAttempts = 3;
// Sockets that one race holds open, including those of overdue replies: bounds the sockets of a slow zone. It
// equals the number of tries for a zone.
inline constexpr std::size_t kMaxSockets = 16;
// The same while the network is crowded: a flood of names below dead zones must not use up all sockets.
inline constexpr std::size_t kMaxSocketsInCrowd = 3;
// A probe that has had no answer for so long counts as lost, and the next query may be one: a server that
// recovers is found well within this time.
inline constexpr wire::Duration kProbeInterval = std::chrono::milliseconds{300};
// How often a race looks again whether a server that others probe has recovered.
inline constexpr wire::Duration kProbeRecheck = std::chrono::milliseconds{50};
// Tries for an authority that was failing before the race began.
inline constexpr unsigned kTriesWhileFailing = 4;
// While other replies are pending, a server that refused may be asked again after this time. The time doubles
// with each refusal, up to kMostBeforeNextTry. An attacker's zone may name a silent server and a victim that
// refuses: this bounds the packets to the victim.
inline constexpr wire::Duration kWordHolds = std::chrono::milliseconds{500};
// Longest pause before the next try. A slow server may be quick again after an outage: found within 2 s.
inline constexpr wire::Duration kMostBeforeNextTry = std::chrono::milliseconds{1'750};

// A race may keep an answer while it waits for a better one. After this time since its begin it waits no
// longer: a client waits for 4.5 s.
inline constexpr wire::Duration kMostForBetter = std::chrono::milliseconds{4'100};

// How long a patient probe waits for its reply: a client waits no longer. The next one is sent no earlier
// than this after it.
inline constexpr wire::Duration kPatientProbe = std::chrono::milliseconds{4'500};

// The options of a race: forwarder_manner() or authority_manner().
struct RaceManner {
  Pace pace;
  QueryForm form;
  wire::Duration patience{};    // with one UDP packet
  unsigned max_tries = 0;       // for one server
  bool remembers_lame = false;  // servers that are known to be lame for the zone are asked last
  bool notes_lame = false;      // a lame reply is recorded against the zone
  Tells silence_tells = Tells::All;
  bool checks_case = true;  // denials of names in random case may need a check
};
[[nodiscard]] RaceManner forwarder_manner(bool checking_disabled);
// A server that refuses a shortened question, or a type that not all know (RFC 4074 §4), may well serve the
// zone.
[[nodiscard]] RaceManner authority_manner(wire::Type type, bool whole);

// One query to one of the servers.
struct Attempt {
  std::size_t server = 0;
  unsigned number = 0;  // in the race
};
struct Attempted {
  Attempt attempt;
  std::unique_ptr<AskOutcome> outcome;  // never null; on the heap, because it is moved several times
};
// A packet, possibly forged, says that the server will not answer.
struct Hindered {
  Attempt attempt;
  ExchangeError error;
};

class ServerRace {
 public:
  // All references must outlive the race.
  ServerRace(AskContext context, const wire::Name& zone, RaceManner manner)
      : context_(context), zone_(zone), manner_(manner) {}
  ServerRace(const ServerRace&) = delete;
  ServerRace& operator=(const ServerRace&) = delete;

  // A server more, unless it is in the race already or is to be avoided.
  void add(const wire::Endpoint& server, Reach reach = Reach::Always);

  // The server to ask now; nullopt: none, or none yet.
  [[nodiscard]] std::optional<std::size_t> choose();
  // Marks it as asked, by a lookup that ends at `ends`.
  struct Start {
    Attempt attempt;
    ServerQuery query;
    std::optional<std::size_t> gives_way = {};  // the attempt that makes room: cancel its task
  };
  [[nodiscard]] Start start(std::size_t index, const wire::Question& question, wire::Instant ends);
  [[nodiscard]] const wire::Endpoint& server(std::size_t index) const { return contenders_[index].server; }
  // The server that was asked last. REQUIRES: one was.
  [[nodiscard]] const wire::Endpoint& newest() const { return contenders_[newest_].server; }
  // The task, in the driver's set, that carries the attempt started last.
  void set_task(std::size_t task) { under_way_.back().task = task; }
  // The one asked last is late.
  void hedge();
  // Takes what a server said; its reply when it gave one, which accept() or reject() must then judge.
  [[nodiscard]] std::optional<ReplyContent> take(Attempted got);
  void accept(std::size_t index);
  void reject(std::size_t index, Complaint complaint);
  // The server answered, but another one may do better. It is not asked again in this race.
  void set_aside(std::size_t index);
  // The same for an answer without AA: for a while the server is asked after others. True: this was known
  // before.
  [[nodiscard]] bool set_aside_without_aa(std::size_t index);
  // Until when to keep an answer that came now and wait for a better one: for `patience`, or until
  // kMostForBetter has passed.
  [[nodiscard]] wire::Instant kept_until(wire::Duration patience) const {
    const auto now = context_.network.now();
    return std::max(now, std::min(now + patience, began_ + kMostForBetter));
  }
  // Can a server in good standing still give a better answer?
  [[nodiscard]] bool may_do_better() const;
  // Asks another server at once. The race still waits for this reply for the usual time of the server.
  void hinder(const Hindered& told);
  // When the next reply will be overdue.
  [[nodiscard]] wire::Instant overdue_at() const;
  // Counts overdue replies as failures and stops waiting for them. True: there was one.
  bool note_overdue();
  // The time of the lookup is up: blames the servers that still owe a reply.
  void time_out();

  // A server is left that was not asked in this race.
  [[nodiscard]] bool has_untried() const {
    return std::ranges::any_of(contenders_, [](const Contender& c) { return c.tries == 0 && !c.excluded; });
  }
  // There is room for another query. The fourth goes only to a server that this race has not asked.
  [[nodiscard]] bool has_room() const { return waited_for() <= kMaxParallelAttempts; }
  // The last choose() passed over a server that fails, because another lookup is probing it.
  [[nodiscard]] bool waits_for_probe() const { return waits_for_probe_; }
  // A server that failed before this race, and was not asked in it, now answers other lookups.
  [[nodiscard]] bool has_recovered() const {
    return std::ranges::any_of(contenders_, [this](const Contender& c) {
      return c.failed_before && c.tries == 0 && !c.excluded && !record_of(c.server).fails();
    });
  }
  // Each server was asked; a single server was asked twice.
  [[nodiscard]] bool has_tried_all() const {
    return attempts_ >= std::max<std::size_t>(2, contenders_.size()) && !has_untried();
  }
  // A server of the zone has answered, but the answer was not usable for this question.
  [[nodiscard]] bool heard_from_zone() const { return heard_from_zone_; }
  // No reply is waited for.
  [[nodiscard]] bool idle() const { return waited_for() == 0; }
  // The server asked last is known to fail.
  [[nodiscard]] bool probes() const { return probes_; }
  // A server of known speed was late, or servers of unknown speed were silent for long.
  [[nodiscard]] bool is_late() const { return is_late_; }
  // A server with a pending query has answered a query that was sent later than its first one in this race.
  [[nodiscard]] bool answers_others() const;
  // Returns a probe of the server asked last with another question. REQUIRES: !idle().
  [[nodiscard]] ServerQuery probe(wire::Question question) const;
  // A query for the SOA of the zone to a server that failed before this race and was silent in it. Its reply
  // may take longer than the race has waited: so a slow server is found well. nullopt: there is no such
  // server, or it was probed so a short time ago.
  [[nodiscard]] std::optional<ServerQuery> patient_probe() const;
  // A server has answered, but its reply was not usable.
  [[nodiscard]] bool heard_refusal() const { return heard_refusal_; }
  // At least one server is lame, at least one is silent, and there are no others: the zone may have moved.
  // The race goes on, because a silent server may only be slow. Always false for forwarders.
  [[nodiscard]] bool is_hopeless() const;
  // Each server has answered, or a packet says that it cannot.
  [[nodiscard]] bool all_spoke() const;
  // No reply and no probe of another lookup is waited for.
  [[nodiscard]] bool over() const;
  // When the server asked last is late.
  [[nodiscard]] wire::Instant hedge_at() const { return hedge_at_; }
  // The server asked last has switched to TCP: when it is late then. nullopt: it is late now, or not on TCP.
  [[nodiscard]] std::optional<wire::Instant> late_with_stream_at() const;
  // When to look again if nothing comes and nobody was chosen.
  [[nodiscard]] wire::Instant look_again_at() const;
  // The time at which the race ends because a server has failed and all others are known to be dead.
  // Instant::max(): an answer may still come.
  [[nodiscard]] wire::Instant settled_at() const;
  // settled_at() may move to an earlier time without a reply, if probes find a server dead.
  [[nodiscard]] bool may_settle() const { return !manner_.remembers_lame && heard_refusal_; }
  Failure failure;

 private:
  struct Contender {
    wire::Endpoint server = {};
    Reach reach = Reach::Always;
    unsigned tries = 0;
    unsigned in_flight = 0;
    bool excluded = false;                            // gave its last word
    bool is_lame = false;                             // its latest reply: it does not serve the zone
    bool set_aside = false;                           // its answer is kept, and may be replaced
    bool lacks_aa = false;                            // because it was without AA
    wire::Instant refused_at = wire::Instant::max();  // when it was excluded, if it was
    unsigned refusals = 0;
    // How long its latest refusal is believed while other replies are pending. Doubles with each refusal.
    [[nodiscard]] wire::Duration refusal_holds() const {
      const auto doubled = kWordHolds * (1U << std::min(refusals > 0 ? refusals - 1 : 0, 4U));
      return std::min(doubled, kMostBeforeNextTry);
    }
    bool late = false;           // another server was asked because it took too long
    bool mixed = false;          // asked last in random case, while its own case is not known
    bool wants_plain = false;    // it failed on a name in random case
    bool tried_plain = false;    // it is or was asked in plain case
    bool was_silent = false;     // the reason for that
    bool hints_at_case = false;  // it answered in plain case after a failure in random case
    bool hindered = false;       // excluded, but its reply may still come
    wire::Instant hindered_until = wire::Instant::max();  // from the first hindrance on
    std::uint32_t failures_before = 0;
    bool failed_before = false;  // failing since before the race: it gets kTriesWhileFailing tries
    wire::Instant first_sent = wire::Instant::max();
    wire::Instant last_sent{};
  };

  // What is known about a contender's server.
  struct Record {
    ServerState* state;
    ZoneStanding* lameness;  // nullptr: never was lame or sloppy
    [[nodiscard]] bool fails() const { return state->fails() || (lameness != nullptr && lameness->fails()); }
    // With the zone or altogether. REQUIRES: fails().
    [[nodiscard]] Standing& failing() const {
      return lameness != nullptr && lameness->fails() ? static_cast<Standing&>(*lameness) : *state;
    }
    [[nodiscard]] std::uint32_t failures() const {
      return state->failures + (lameness == nullptr ? 0 : lameness->failures);
    }
  };
  [[nodiscard]] Record record_of(const wire::Endpoint& server) const;
  void blame(const wire::Endpoint& server, Complaint complaint) {
    failure.add({.zone = zone_, .server = server, .complaint = std::move(complaint), .asked_as = asked_as()});
  }
  [[nodiscard]] AskedAs asked_as() const {
    return manner_.form.recursion_desired ? AskedAs::Forwarder : AskedAs::Authority;
  }
  [[nodiscard]] bool alone(std::size_t index) const;
  [[nodiscard]] bool is_probed_by_others(const Contender& contender, const Record& record) const;
  [[nodiscard]] unsigned tries_allowed(const Contender& contender) const;
  [[nodiscard]] bool has_route(const Contender& contender) const;
  [[nodiscard]] wire::Duration word_holds(const Contender& contender, const Record& record) const;
  void reconsider(Contender& contender, const Record& record);
  [[nodiscard]] bool is_silent(const Contender& contender) const;
  [[nodiscard]] bool had_its_probe(const Contender& contender, const Record& record) const;
  [[nodiscard]] bool is_behind_living(const Record& record) const;
  [[nodiscard]] bool may_be_asked_again(const Contender& contender) const {
    return !contender.excluded && contender.tries < tries_allowed(contender);
  }

  AskContext context_;
  const wire::Name& zone_;
  RaceManner manner_;
  std::vector<Contender> contenders_;
  struct UnderWay {
    Attempt attempt;
    std::optional<std::size_t> task;
    std::unique_ptr<Progress> progress;               // its task writes to it
    wire::Instant give_up_at = wire::Instant::max();  // set by a hindrance
    bool plain = false;                               // in plain case because of the server
    bool overdue = false;                             // its socket is open, but the race does not wait for it
    [[nodiscard]] wire::Instant overdue_at() const { return std::min(progress->overdue_at, give_up_at); }
  };
  [[nodiscard]] std::size_t waited_for() const {
    return static_cast<std::size_t>(std::ranges::count(under_way_, false, &UnderWay::overdue));
  }
  [[nodiscard]] wire::Name case_scope(const wire::Name& asked) const;
  [[nodiscard]] CaseCheck case_check() const;
  [[nodiscard]] CaseScope case_knowledge() const {
    return manner_.form.recursion_desired ? CaseScope::ZoneInReply : CaseScope::AskedZone;
  }
  [[nodiscard]] const CaseStanding& check_standing(const wire::Name& asked,
                                                   const wire::Endpoint& server) const;
  void note_case_hint(const Contender& contender);
  [[nodiscard]] bool mixes_case(Contender& contender, const wire::Name& asked) const;
  [[nodiscard]] std::optional<std::size_t> choose_for_plain();
  // Removes an attempt; returns the task to cancel.
  std::optional<std::size_t> drop(std::vector<UnderWay>::iterator which);
  [[nodiscard]] std::optional<std::size_t> make_room();
  [[nodiscard]] bool has_quicker(std::size_t index) const;
  [[nodiscard]] wire::Duration wait_for(std::size_t index, const Record& record) const;
  std::vector<UnderWay> under_way_;  // the oldest first
  unsigned attempts_ = 0;
  wire::Name asked_;  // by the last start()
  bool is_late_ = false;
  bool probes_ = false;
  wire::Instant began_ = wire::Instant::max();
  bool waits_for_probe_ = false;
  bool heard_refusal_ = false;
  bool heard_from_zone_ = false;
  wire::Instant refused_since_ = wire::Instant::max();
  std::size_t newest_ = 0;
  wire::Instant hedge_at_{};
};

}  // namespace shirube::upstream
