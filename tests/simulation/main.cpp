// random_worlds: runs many random worlds, or one again with all that happens in it.
#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "tests/simulation/random_run.hpp"

namespace {

using shirube::simulation::Attacks;
using shirube::simulation::HabitCounts;
using shirube::simulation::kMostFailuresUnderAttack;
using shirube::simulation::kSlowOneIn;
using shirube::simulation::kSlowValidatedOneIn;
using shirube::simulation::Report;
using shirube::simulation::run_world;

constexpr std::string_view kUsage = R"(Usage: random_worlds [--worlds N] [--first SEED]
       random_worlds --seed N [--trace]

Runs N worlds (20000), each drawn from its seed, SEED (1) and up; --seed runs one, --trace tells all about it.
)";
// Worlds that are run twice, to see that a seed decides everything.
constexpr std::uint64_t kTwiceEvery = 100;
// A resolver with a fault breaks many worlds; nobody reads more than this.
constexpr std::uint64_t kMostToTell = 20;

struct Options {
  std::uint64_t worlds = 20'000;
  std::uint64_t first = 1;
  std::optional<std::uint64_t> seed;
  bool trace = false;
};

[[nodiscard]] std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[nodiscard]] std::optional<Options> read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--trace") {
      options.trace = true;
      continue;
    }
    const auto value = i + 1 < count ? number(words[++i]) : std::nullopt;
    if (!value) return std::nullopt;
    if (word == "--seed") {
      options.seed = value;
    } else if (word == "--worlds") {
      options.worlds = *value;
    } else if (word == "--first") {
      options.first = *value;
    } else {
      return std::nullopt;
    }
  }
  return options;
}

void tell(const Report& report) {
  for (const auto& what : report.slow) fmt::print("  slow: {}\n", what);
  for (const auto& rule : report.broken) fmt::print("  {}\n", rule);
}

[[nodiscard]] int run_one(std::uint64_t seed, bool with_trace) {
  shirube::simulation::Trace trace;
  if (with_trace) trace = [](const std::string& line) { fmt::print("{}\n", line); };
  const auto report = run_world(seed, trace);
  fmt::print("world {}: {} answers, {} of them SERVFAIL, {} authentic, {} packets, digest {:016x}\n", seed,
             report.answers, report.failures, report.authentic, report.packets, report.digest);
  tell(report);
  return report.broken.empty() ? 0 : 1;
}

// How many worlds of a kind there were, and how many of them were slow.
struct Pace {
  std::uint64_t one_in;
  std::uint64_t worlds = 0;
  std::uint64_t slow = 0;
  [[nodiscard]] std::uint64_t may_be_slow() const { return (worlds + one_in - 1) / one_in; }
};

// SERVFAIL to honest clients in worlds with an attacker, and in the same worlds without it.
struct UnderAttack {
  std::uint64_t worlds = 0;
  std::size_t failures = 0;
  std::size_t failures_alone = 0;

  void add(std::uint64_t seed, const Report& report) {
    if (!report.attacked) return;
    ++worlds;
    failures += report.failures;
    failures_alone += run_world(seed, {}, Attacks::None).failures;
  }
  // In a small run up to kChance more failures may be chance.
  [[nodiscard]] bool holds() const {
    constexpr double kChance = 20;
    return static_cast<double>(failures) <=
           kMostFailuresUnderAttack * static_cast<double>(failures_alone) + kChance;
  }
};

// Worlds with a habit of each kind: a check is worth as much as there is to check.
struct HabitWorlds {
  std::uint64_t sloppy = 0;
  std::uint64_t compares_case = 0;
  std::uint64_t mistreats_aaaa = 0;
  std::uint64_t late = 0;
  std::uint64_t old_glue = 0;
  std::uint64_t foreign_glue = 0;

  void add(const HabitCounts& counts) {
    sloppy += counts.sloppy > 0;
    compares_case += counts.compares_case > 0;
    mistreats_aaaa += counts.mistreats_aaaa > 0;
    late += counts.late > 0;
    old_glue += counts.old_glue > 0;
    foreign_glue += counts.foreign_glue > 0;
  }
};

[[nodiscard]] int run_many(const Options& options) {
  std::uint64_t broken = 0;
  Pace plain{.one_in = kSlowOneIn};
  Pace validated{.one_in = kSlowValidatedOneIn};
  HabitWorlds habits;
  UnderAttack attacked;
  std::size_t answers = 0;
  std::size_t failures = 0;
  std::size_t authentic = 0;
  std::size_t packets = 0;
  for (auto seed = options.first; seed < options.first + options.worlds; ++seed) {
    auto report = run_world(seed);
    if (seed % kTwiceEvery == 0 && run_world(seed).digest != report.digest)
      report.broken.emplace_back("a second run went another way");
    habits.add(report.habits);
    attacked.add(seed, report);
    answers += report.answers;
    failures += report.failures;
    authentic += report.authentic;
    packets += report.packets;
    auto& pace = report.validated ? validated : plain;
    ++pace.worlds;
    if (!report.slow.empty()) {
      ++pace.slow;
      fmt::print("world {} ({}) was slow: {}\n", seed, report.validated ? "validated" : "plain",
                 report.slow.front());
    }
    if (report.broken.empty() || ++broken > kMostToTell) continue;
    fmt::print("world {} broke:\n", seed);
    tell(report);
    fmt::print("replay: build/release/tests/simulation/random_worlds --seed {} --trace\n", seed);
    std::fflush(stdout);
  }
  fmt::print("{} worlds, {} broken: {} answers, {} of them SERVFAIL, {} authentic, {} packets\n",
             options.worlds, broken, answers, failures, authentic, packets);
  fmt::print(
      "worlds with servers that clear AA: {}, compare case: {}, mistreat AAAA: {}, are late: {}; with old "
      "glue: {}, with glue from outside: {}\n",
      habits.sloppy, habits.compares_case, habits.mistreats_aaaa, habits.late, habits.old_glue,
      habits.foreign_glue);
  fmt::print("worlds with an attacker: {}; SERVFAIL to honest clients {}, without the attacker {}\n",
             attacked.worlds, attacked.failures, attacked.failures_alone);
  fmt::print("slow: {} of {} plain ones (at most {}), {} of {} validated ones (at most {})\n", plain.slow,
             plain.worlds, plain.may_be_slow(), validated.slow, validated.worlds, validated.may_be_slow());
  const bool fast = plain.slow <= plain.may_be_slow() && validated.slow <= validated.may_be_slow();
  return broken == 0 && fast && attacked.holds() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const auto options = read_options(count, words);
  if (!options) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  if (options->seed) return run_one(*options->seed, options->trace);
  return run_many(*options);
}
