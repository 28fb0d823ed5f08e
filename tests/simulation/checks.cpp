#include "tests/simulation/checks.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shirube::simulation {
namespace {

// The longest chain of aliases that a resolver has to follow: less than its budget, for prefixes that it has
// to look up on the way.
constexpr std::size_t kLongestChain = 8;

[[nodiscard]] double seconds(wire::Instant when) {
  return std::chrono::duration<double>(when.time_since_epoch()).count();
}

[[nodiscard]] wire::Instant answered_at(const Asked& asked) { return asked.when + asked.client->waited; }

class Fingerprint {
 public:
  void add(wire::BytesView bytes) {
    for (const auto byte : bytes) value = (value ^ byte) * 0x100000001b3;
  }
  void add(std::string_view text) {
    for (const auto c : text) value = (value ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  }
  void add(wire::Duration duration) {
    value = (value ^ static_cast<std::uint64_t>(duration.count())) * 0x100000001b3;
  }
  std::uint64_t value = 0xcbf29ce484222325;
};

}  // namespace

bool Checks::is_tainted(const wire::Question& question) const {
  return liars.touch(drawn, home.world.zones(), question) ||
         (!change.before().empty() && liars.touch(drawn, change.before(), question));
}

// What was true before the change may be told until its TTLs are over, and later where it is marked as stale.
Verdict Checks::judge_at(const Asked& asked) const {
  const auto& got = *asked.client->got;
  const auto when = answered_at(asked);
  const bool changed = !change.before().empty() && when >= change.happened();
  const auto& now = change.before().empty() || changed ? home.world.zones() : change.before();
  const auto verdict = judge_by(now, asked);
  const bool old_will_do = changed && (when <= change.over() || got.freshness == cache::Freshness::Stale);
  if (verdict != Verdict::Wrong || !old_will_do) return verdict;
  return judge_by(change.before(), asked);
}

// RFC 9824: that a name does not exist may be told as that it has no data. Some servers deny a name for AAAA
// alone.
Verdict Checks::judge_by(const std::vector<sim::Zone>& zones, const Asked& asked) const {
  const auto& got = asked.client->got->answer;
  const auto verdict = judge(got, zones, asked.question);
  if (verdict != Verdict::Wrong) return verdict;
  const auto denials = excuses(drawn, habits, zones, asked.question, asked.view).denials;
  if (std::ranges::any_of(denials, [&](const wire::Answer& denial) { return is_same(got, denial); }))
    return Verdict::Right;
  const bool may_mean_no_name =
      got.rcode == wire::Rcode::NoError && expect(drawn, liars, zones, asked.question).compact;
  if (!may_mean_no_name) return verdict;
  auto meant = got;
  meant.rcode = wire::Rcode::NxDomain;
  return judge(meant, zones, asked.question);
}

void Checks::all_answers(const std::deque<Asked>& asked) {
  for (const auto& one : asked) {
    const auto who = fmt::format("{} asked at {:.3f}", to_text(one.question), seconds(one.when));
    if (!punctuality(one, who)) continue;
    const auto verdict = judge_at(one);
    const auto expected = expectation(one.question);
    trust(one, verdict, expected, who);
    // Who asks not to be protected is not, and gets what liars say.
    const bool is_forged = one.view == cache::View::Checked ? expected.forged : is_tainted(one.question);
    if (verdict != Verdict::Wrong || is_forged) continue;
    broken.push_back(fmt::format("{}: got {}; the truth is {}", who, to_text(one.client->got->answer),
                                 to_text(home.world.truth(one.question))));
  }
}

bool Checks::punctuality(const Asked& asked, const std::string& who) {
  if (!asked.client->got) {
    broken.push_back(who + ": no answer at all");
    return false;
  }
  if (asked.client->waited > drawn.settings.deadline)
    broken.push_back(fmt::format("{}: waited {} us", who, asked.client->waited.count()));
  return true;
}

void Checks::attacks(const std::deque<Asked>& asked) {
  for (const auto& one : asked)
    static_cast<void>(punctuality(one, fmt::format("the attacker asked for {}", to_text(one.question))));
}

Expectation Checks::expectation(const wire::Question& question) const {
  auto now = expect(drawn, liars, home.world.zones(), question);
  if (change.before().empty()) return now;
  const auto before = expect(drawn, liars, change.before(), question);
  now.bogus = now.bogus && before.bogus;
  now.doubtful = now.doubtful || before.doubtful;
  now.forged = now.forged || before.forged;
  now.may_be_authentic = now.may_be_authentic || before.may_be_authentic;
  now.must_be_authentic = now.must_be_authentic && before.must_be_authentic;
  return now;
}

void Checks::trust(const Asked& asked, Verdict verdict, const Expectation& expected, const std::string& who) {
  if (asked.view != cache::View::Checked || verdict == Verdict::Failed) return;
  const auto& got = *asked.client->got;
  const auto told = to_text(got.answer);
  if (expected.bogus) broken.push_back(fmt::format("{}: got {}, which is bogus", who, told));
  if (got.answer.authentic && !expected.may_be_authentic)
    broken.push_back(fmt::format("{}: got {} as authentic", who, told));
  const bool is_fresh = got.freshness != cache::Freshness::Stale;
  if (!got.answer.authentic && expected.must_be_authentic && is_fresh && verdict == Verdict::Right)
    broken.push_back(fmt::format("{}: got {} as not authentic", who, told));
}

Excuses Checks::excuses_of(const wire::Question& question) const {
  return excuses(drawn, habits, home.world.zones(), question, cache::View::Checked);
}

bool Checks::must_resolve(const wire::Question& question) const {
  const auto truth = home.world.truth(question);
  const auto expected = expectation(question);
  const auto aliases = std::ranges::count(truth.answer, wire::Type::CNAME, &wire::RRset::type);
  return truth.rcode != wire::Rcode::ServFail && static_cast<std::size_t>(aliases) <= kLongestChain &&
         !is_tainted(question) && !expected.bogus && !expected.doubtful && !expected.hampered &&
         !excuses_of(question).may_fail;
}

void Checks::recovery(const std::deque<Asked>& asked, Period period) {
  for (const auto& question : drawn.questions) {
    if (!must_resolve(question)) continue;
    const Asked* last = nullptr;
    const auto came_right_by = [&](wire::Instant by) {
      return std::ranges::any_of(asked, [&](const Asked& one) {
        if (!(one.question == question) || one.when < period.from || one.when > by || !one.client->got)
          return false;
        last = &one;
        return answered_at(one) <= by && judge_at(one) == Verdict::Right;
      });
    };
    const auto excused = excuses_of(question);
    if (came_right_by(excused.has_late ? period.late_by : period.by)) continue;
    auto& list = came_right_by(period.at_the_latest) ? slow : broken;
    list.push_back(fmt::format("{} does not resolve between {:.3f} and {:.3f}: {}; the truth is {}",
                               to_text(question), seconds(period.from), seconds(period.by),
                               last == nullptr ? "no answer" : to_text(last->client->got->answer),
                               to_text(home.world.truth(question))));
  }
}

void Checks::steadiness(const std::deque<Asked>& asked, wire::Instant from) {
  for (const auto& question : drawn.questions) {
    if (!must_resolve(question) || excuses_of(question).has_late) continue;
    auto right_since = wire::Instant::max();
    for (const auto& one : asked) {
      if (!(one.question == question) || one.when < from || !one.client->got) continue;
      const auto verdict = judge_at(one);
      if (verdict == Verdict::Right) right_since = std::min(right_since, answered_at(one));
      if (verdict != Verdict::Failed || one.when <= right_since) continue;
      broken.push_back(fmt::format("{} asked at {:.3f}: {} after a right answer", to_text(question),
                                   seconds(one.when), to_text(one.client->got->answer)));
    }
  }
}

void Checks::packets() {
  // IPv4 is tried whatever the routes say: hardly a host is without it for long.
  if (const auto count = home.network.started_without_route(wire::Family::V6); count != 0)
    broken.push_back(fmt::format("{} exchanges begun over IPv6 without a route", count));
  for (const auto& sent : home.network.sent()) {
    const auto& address = sent.server.address;
    const bool forbidden = std::ranges::any_of(drawn.settings.do_not_query,
                                               [&](const auto& prefix) { return prefix.contains(address); });
    const bool ours = std::ranges::find(drawn.settings.own, sent.server) != drawn.settings.own.end();
    const bool nowhere = address == wire::Address{.family = address.family, .bytes = {}};
    if (forbidden || ours || nowhere)
      broken.push_back(fmt::format("a packet to {} at {:.3f}", sent.server.text(), seconds(sent.when)));
  }
}

std::uint64_t digest(const test::AskingHost& home, const std::deque<Asked>& asked) {
  Fingerprint fingerprint;
  for (const auto& sent : home.network.sent()) {
    fingerprint.add(sent.when.time_since_epoch());
    fingerprint.add({sent.server.address.bytes});
    fingerprint.add(sent.query);
  }
  for (const auto& one : asked) {
    fingerprint.add(one.client->waited);
    if (one.client->got) fingerprint.add(to_text(one.client->got->answer));
  }
  return fingerprint.value;
}

}  // namespace shirube::simulation
