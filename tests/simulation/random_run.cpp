#include "tests/simulation/random_run.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "tests/simulation/change.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/crowd.hpp"
#include "tests/simulation/description.hpp"
#include "tests/simulation/liars.hpp"
#include "tests/simulation/storm.hpp"

namespace shirube::simulation {
namespace {

using namespace std::chrono_literals;

constexpr wire::Duration kShortStorm = 8s;
constexpr wire::Duration kLongStorm = 40s;
constexpr std::size_t kMostQuestionsInStorm = 30;
constexpr std::size_t kMostQuestionsToLiars = 150;
constexpr std::size_t kVolleysInStorm = 8;
// Who is silent does not lie.
constexpr double kMostTroubleAmongLiars = 0.2;
constexpr wire::Duration kAskAgain = 400ms;
constexpr wire::Duration kAskLateAgain = 1s;
// Longer than anything may be under way: what a client asked for, and packets that come late.
constexpr wire::Duration kUntilQuiet = 30s;
constexpr std::size_t kCacheSize = std::size_t{1} << 20;

// Tell the dice of habits and of an attacker from those of all else, which throw the same without them.
constexpr std::uint64_t kHabitDice = 0x686162697473;
constexpr std::uint64_t kAttackerDice = 0x61747461636b;

// What happens when, after the start; at one moment in the order in which it was noted.
using Events = std::multimap<wire::Duration, std::function<void()>>;

class Run {
 public:
  Run(std::uint64_t seed, const Trace& trace, Attacks attacks)
      : dice_(seed),
        drawn_(draw_world(dice_.split())),
        length_(dice_.happens(0.1) ? kLongStorm : 1s + dice_.up_to(kShortStorm)),
        change_(drawn_, dice_.split(), length_),
        liars_(drawn_, dice_.split()),
        habits_(drawn_, change_.moving(), Dice(seed ^ kHabitDice)),
        attacker_(drawn_, Dice(seed ^ kAttackerDice), attacks),
        storm_(dice_.split(), liars_.are_many() ? kMostTroubleAmongLiars : 1.0),
        home_(drawn_.settings, cache_settings(), dice_.seed()),
        crowd_(home_),
        trace_(trace) {
    home_.world = std::move(drawn_.world);
    add_evil_host(home_.world);
    if (!trace) return;
    describe(home_.world, drawn_, trace);
    for (const auto& line : habits_.description()) trace("; habit: " + line);
    home_.network.set_trace(trace);
  }

  [[nodiscard]] Report run() {
    blow();
    calm_down();
    look_back();
    if (trace_) describe(crowd_.asked(), trace_);
    Checks checks{home_, drawn_, change_, liars_, habits_};
    checks.all_answers(crowd_.asked());
    checks.attacks(crowd_.attacks());
    const auto slow = drawn_.settings.trust.validates() ? kSlowValidatedRecovery : kSlowRecovery;
    for (const auto from : {calm_at_, later_at_})
      checks.recovery(crowd_.asked(), {from, from + kRecovery, from + slow, from + kRecoveryOfLate});
    // Before that, a cached answer from the storm may expire and a cached failure may take its place.
    if (attacker_.is_there()) checks.steadiness(crowd_.asked(), calm_at_ + kRecovery);
    checks.packets();
    if (crowd_.overspent()) checks.broken.push_back(*crowd_.overspent());
    std::ranges::move(left_over_, std::back_inserter(checks.broken));
    return report(std::move(checks));
  }

 private:
  [[nodiscard]] cache::CacheSettings cache_settings() {
    cache::CacheSettings settings;
    settings.size = kCacheSize;
    if (dice_.happens(0.5)) settings.serve_stale = wire::Seconds{0};
    settings.prefetch = dice_.happens(0.8);
    return settings;
  }

  void blow() {
    Events events;
    events.emplace(0s, [this] { storm_.blow(home_.world, drawn_, habits_); });
    if (dice_.happens(0.5))
      events.emplace(dice_.up_to(length_), [this] { storm_.blow(home_.world, drawn_, habits_); });
    events.emplace(0s, [this] { liars_.begin(home_.world, drawn_, dice_.split()); });
    events.emplace(change_.at(), [this] { change_.happen(home_.world, drawn_, home_.network.now()); });
    add_route_changes(events);
    add_questions(events);
    add_attacks(events);
    const auto start = home_.network.now();
    for (const auto& [at, happen] : events) {
      home_.network.advance(start + at - home_.network.now());
      happen();
    }
    home_.network.advance(start + length_ - home_.network.now());
  }

  void add_questions(Events& events) {
    const auto most = liars_.are_many() ? kMostQuestionsToLiars : kMostQuestionsInStorm;
    for (auto count = dice_.between(4, most); count > 0; --count) {
      const auto& question = pick_question();
      const auto view = dice_.happens(0.1) ? cache::View::Unchecked : cache::View::Checked;
      events.emplace(dice_.up_to(length_), [this, &question, view] { crowd_.ask(question, view); });
    }
  }

  void add_attacks(Events& events) {
    if (!attacker_.is_there()) return;
    for (std::size_t i = 0; i < kVolleysInStorm; ++i)
      events.emplace(i * length_ / kVolleysInStorm, [this] { attack(); });
  }

  void attack() {
    for (const auto& question : attacker_.volley()) crowd_.attack(question, kAttackingClient);
  }

  // Among many liars preferably one that they have a say about.
  [[nodiscard]] const wire::Question& pick_question() {
    const auto& any = dice_.pick(drawn_.questions);
    const auto& another = dice_.pick(drawn_.questions);
    const bool prefers_other = liars_.are_many() && liars_.touch(drawn_, home_.world.zones(), another);
    return prefers_other ? another : any;
  }

  void add_route_changes(Events& events) {
    if (dice_.happens(0.5)) set_route(wire::Family::V6, false);
    for (auto count = dice_.below(3); count > 0; --count) {
      const auto family = dice_.happens(0.2) ? wire::Family::V4 : wire::Family::V6;
      const bool present = dice_.happens(0.5);
      events.emplace(dice_.up_to(length_), [this, family, present] { set_route(family, present); });
    }
  }

  void set_route(wire::Family family, bool present) {
    home_.network.set_route(family, present);
    home_.resolver.routes_changed();
  }

  void calm_down() {
    storm_.end(home_.world, drawn_, habits_);
    if (!home_.network.has_route(wire::Family::V4)) set_route(wire::Family::V4, true);
    calm_at_ = home_.network.now();
    for (auto waited = wire::Duration::zero(); waited < kSlowRecovery; waited += kAskAgain) {
      ask_all();
      home_.network.advance(kAskAgain);
    }
    ask_late_servers_again();
    become_quiet();
  }

  void look_back() {
    home_.network.advance(dice_.one_of<wire::Duration>({20s, 60s, 700s}));
    later_at_ = home_.network.now();
    ask_all();
    ask_late_servers_again();
    become_quiet();
  }

  // Clients do that when the first answer is SERVFAIL.
  void ask_late_servers_again() {
    std::vector<wire::Question> late;
    for (const auto& question : drawn_.questions) {
      if (excuses(drawn_, habits_, home_.world.zones(), question, cache::View::Checked).has_late)
        late.push_back(question);
    }
    if (late.empty()) return;
    for (auto waited = wire::Duration::zero(); waited < kRecoveryOfLate; waited += kAskLateAgain) {
      home_.network.advance(kAskLateAgain);
      for (const auto& question : late) crowd_.ask(question, cache::View::Checked);
    }
  }

  void ask_all() {
    attack();
    for (const auto& question : drawn_.questions) crowd_.ask(question, cache::View::Checked);
  }

  void become_quiet() {
    const bool quiet = home_.network.run(kUntilQuiet);
    const auto exchanges = home_.network.exchanges_in_flight();
    const auto alarms = home_.network.alarms_set();
    const auto lookups = home_.resolver.lookups_in_flight();
    const auto clients = home_.clients.size();
    if (quiet && exchanges + alarms + lookups + clients == 0) return crowd_.settle_account();
    left_over_.push_back(fmt::format("left over: {} exchanges, {} alarms, {} lookups, {} clients", exchanges,
                                     alarms, lookups, clients));
  }

  [[nodiscard]] Report report(Checks checks) const {
    Report report{.broken = std::move(checks.broken),
                  .slow = std::move(checks.slow),
                  .digest = digest(home_, crowd_.asked())};
    report.validated = drawn_.settings.trust.validates();
    report.habits = habits_.counts();
    report.attacked = attacker_.is_there();
    report.packets = home_.sent();
    report.answers = crowd_.asked().size();
    report.failures = static_cast<std::size_t>(
        std::ranges::count_if(crowd_.asked(), [](const Asked& asked) { return asked.client->servfail(); }));
    report.authentic = static_cast<std::size_t>(std::ranges::count_if(crowd_.asked(), [](const Asked& asked) {
      return asked.client->got && asked.client->got->answer.authentic;
    }));
    return report;
  }

  Dice dice_;
  DrawnWorld drawn_;
  wire::Duration length_;
  Change change_;
  Liars liars_;
  Habits habits_;
  Attacker attacker_;
  Storm storm_;
  test::AskingHost home_;
  Crowd crowd_;
  const Trace& trace_;
  wire::Instant calm_at_{};
  wire::Instant later_at_{};
  std::vector<std::string> left_over_;
};

}  // namespace

Report run_world(std::uint64_t seed, const Trace& trace, Attacks attacks) {
  return Run(seed, trace, attacks).run();
}

}  // namespace shirube::simulation
