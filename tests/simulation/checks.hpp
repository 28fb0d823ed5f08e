// The rules that hold in every world, and a fingerprint of what happened.
// Threads:  pure.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "tests/simulation/change.hpp"
#include "tests/simulation/crowd.hpp"
#include "tests/simulation/excuses.hpp"
#include "tests/simulation/expectation.hpp"
#include "tests/simulation/judge.hpp"
#include "tests/simulation/liars.hpp"

namespace shirube::simulation {

struct Checks {
  const test::AskingHost& home;
  const DrawnWorld& drawn;
  const Change& change;
  const Liars& liars;
  const Habits& habits;
  std::vector<std::string> broken{};
  std::vector<std::string> slow{};

  // In time, and right or SERVFAIL; authentic if they must be, and never else.
  void all_answers(const std::deque<Asked>& asked);
  // The attacker gets its answers in time, too. Their content is not checked.
  void attacks(const std::deque<Asked>& asked);
  // Whatever can be resolved and was asked for from the first moment on came out right by the second one, or
  // else, slowly, by the last.
  struct Period {
    wire::Instant from, by, at_the_latest;
    wire::Instant late_by;  // where a server on the way is late
  };
  void recovery(const std::deque<Asked>& asked, Period period);
  // After a right answer to a question, since `from`, the same question gets no SERVFAIL.
  void steadiness(const std::deque<Asked>& asked, wire::Instant from);
  // Only to where they may go.
  void packets();

 private:
  [[nodiscard]] Verdict judge_at(const Asked& asked) const;
  [[nodiscard]] Verdict judge_by(const std::vector<sim::Zone>& zones, const Asked& asked) const;
  [[nodiscard]] bool is_tainted(const wire::Question& question) const;
  // With the zones as they are and as they were.
  [[nodiscard]] Expectation expectation(const wire::Question& question) const;
  // Is there an answer, in time?
  bool punctuality(const Asked& asked, const std::string& who);
  void trust(const Asked& asked, Verdict verdict, const Expectation& expected, const std::string& who);
  [[nodiscard]] Excuses excuses_of(const wire::Question& question) const;
  [[nodiscard]] bool must_resolve(const wire::Question& question) const;
};

[[nodiscard]] std::uint64_t digest(const test::AskingHost& home, const std::deque<Asked>& asked);

}  // namespace shirube::simulation
