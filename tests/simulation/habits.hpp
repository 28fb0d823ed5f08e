// Habits: what some servers of a drawn world do for years, in the storm and after it: they clear AA, compare
// names with case, answer late or mistreat AAAA. Some zones have old glue for a server in another zone. Some
// parents return addresses of servers outside their own zone.
// Threads:  values.
// Units:    virtual time.
// Rules:    few worlds have habits, and dice of their own draw them: a world without a habit is the same as if
//           there were none. The servers of the root and the TLDs have no habit, and others have one at most.
//           At most one server of a world is late. Glue from outside the parent's zone is the address of
//           Evil. The resolver must never use it, so it permits no failure and no delay.
// Source:   RFC 4343 §3 (case), RFC 4074 §4 (AAAA), RFC 9471 §2.3 (sibling glue), RFC 5452 §6 (in-domain data
//           only).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/drawn_world.hpp"

namespace shirube::simulation {

// One server's habit. All off: none.
struct Habit {
  bool sloppy = false;
  sim::CaseSaid compares_case = sim::CaseSaid::Nothing;
  sim::AaaaSaid to_aaaa = sim::AaaaSaid::TheSame;
  wire::Duration answers_late{};
};

// What the habits of its servers do to a zone, as an IPv4 host sees it. A zone that moves is left to some of
// its servers alone, so each of these servers counts as if it were the only one.
struct ZoneHabits {
  bool has_late = false;  // a server of it, or of a zone that is needed on the way, is late or drops capitals
  bool has_silent_for_aaaa = false;  // a server of it is silent to AAAA
  bool is_late = false;              // the zone, or one that is needed on the way, has late servers only
  bool is_late_for_aaaa = false;     // the same, counting only servers that answer AAAA
  bool is_fleeting = false;    // it has_late, and one of these zones lives for less than a late answer takes
  bool may_deny_aaaa = false;  // a server says NXDOMAIN to AAAA
  bool may_fail_aaaa = false;  // no server answers AAAA at all
  bool may_fail_honest_aaaa = false;  // no server answers AAAA as the zone says
};

// How many servers, or names of servers, have a habit of each kind.
struct HabitCounts {
  std::size_t sloppy = 0;
  std::size_t compares_case = 0;
  std::size_t mistreats_aaaa = 0;
  std::size_t late = 0;
  std::size_t old_glue = 0;
  std::size_t foreign_glue = 0;
};

class Habits {
 public:
  // `moving`: the place in `drawn.zones` of a zone that is going to move. Old glue and its hosts go into
  // `drawn`, and questions that show the habits.
  Habits(DrawnWorld& drawn, std::optional<std::size_t> moving, Dice dice);

  // To a host without other faults of these kinds.
  void apply(sim::Host& host) const;
  [[nodiscard]] const ZoneHabits& of(std::size_t zone) const { return of_zones_[zone]; }
  [[nodiscard]] const HabitCounts& counts() const { return counts_; }
  // One line a server, for traces.
  [[nodiscard]] std::vector<std::string> description() const;

 private:
  void draw(const DrawnWorld& drawn);
  [[nodiscard]] Habit draw_habit();
  void draw_old_glue(DrawnWorld& drawn);
  void age_glue(DrawnWorld& drawn, const DrawnZone& zone, const wire::Name& server);
  void draw_foreign_glue(DrawnWorld& drawn);
  void add_questions(DrawnWorld& drawn) const;
  void note_lateness(const DrawnWorld& drawn, std::optional<std::size_t> moving);
  void note_aaaa(const DrawnWorld& drawn, std::optional<std::size_t> moving);
  // A server that compares case is asked in plain case only when others have failed.
  [[nodiscard]] bool is_quick(std::size_t machine) const {
    const auto& habit = of_machines_[machine];
    return habit.answers_late == wire::Duration::zero() && habit.compares_case == sim::CaseSaid::Nothing;
  }

  Dice dice_;
  std::vector<Habit> of_machines_;
  std::map<wire::Endpoint, Habit> of_hosts_;
  std::vector<ZoneHabits> of_zones_;
  std::vector<bool> has_old_glue_;
  HabitCounts counts_;
};

}  // namespace shirube::simulation
