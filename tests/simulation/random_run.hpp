// One random world from its beginning to its end: storm, calm, and a look back after a while.
// Threads:  pure; a seed gives the same report on every machine.
// Rules:    every client has its answer in time: what the zones say or said as long ago as TTLs allow, or
//           SERVFAIL. Packets go only where they may, within budgets. When the storm is over everything
//           resolves within kRecovery, but for the rare walk over several zones each of which keeps a dead
//           server (`slow`), which has kSlowRecovery or, under validation, kSlowValidatedRecovery; and then
//           nothing is left in flight.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/simulation/attacker.hpp"
#include "tests/simulation/habits.hpp"

namespace shirube::simulation {

inline constexpr wire::Duration kRecovery = std::chrono::seconds{2};
inline constexpr wire::Duration kSlowRecovery = std::chrono::seconds{4};
// Zones under zones, each with a dead server and DNSKEY of its own: one step after the other.
inline constexpr wire::Duration kSlowValidatedRecovery = std::chrono::seconds{10};
// Where a server on the way takes seconds for each answer, or drops names.
inline constexpr wire::Duration kRecoveryOfLate = std::chrono::seconds{12};
// One world in so many may be slow; of those that are validated, where DS and DNSKEY are more steps on the
// way, more.
inline constexpr std::uint64_t kSlowOneIn = 2'000;
inline constexpr std::uint64_t kSlowValidatedOneIn = 200;
// The SERVFAIL of honest clients with an attacker, at most, as a multiple of those without it. Storm and loss
// differ between the two runs, so the sums over many worlds are compared.
inline constexpr double kMostFailuresUnderAttack = 1.05;

struct Report {
  std::vector<std::string> broken;  // rules, each with what broke it; empty: all held
  std::vector<std::string> slow;    // what took longer than kRecovery
  std::uint64_t digest = 0;         // of every packet that was sent and every answer
  bool validated = false;
  bool attacked = false;
  std::size_t packets = 0;
  std::size_t answers = 0;
  std::size_t failures = 0;   // SERVFAIL among them; both count honest clients only
  std::size_t authentic = 0;  // with AD
  HabitCounts habits = {};
};
using Trace = std::function<void(const std::string&)>;

// `trace`, if any, gets the world and then each event as a line.
[[nodiscard]] Report run_world(std::uint64_t seed, const Trace& trace = {},
                               Attacks attacks = Attacks::AsDrawn);

}  // namespace shirube::simulation
