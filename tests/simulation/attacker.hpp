// Attacker: in some worlds one client among the honest ones asks about a zone of its own, whose servers are
// made to cost a resolver as much as they can, and to say what is not true about the zones of others.
// Threads:  one owner.
// Rules:    the attacker has a client address, a zone below a TLD and servers of its own. It serves no zone that
//           honest clients ask about, so their answers are to be the same as without it, within the same
//           time. Dice of their own draw it: a world without an attacker is the same as if there were none.
// Source:   NXNS (2020) for referrals, CAMP (2024) for aliases, DNSBomb (CVE-2024-33655) for slow names.
#pragma once

#include <vector>

#include "tests/simulation/drawn_world.hpp"
#include "upstream/client_id.hpp"

namespace shirube::simulation {

// Honest clients have another one.
inline constexpr upstream::ClientId kAttackingClient{.value = 666};

// A world with an attacker can also be run without it, to compare the honest clients' answers.
enum class Attacks : std::uint8_t { AsDrawn, None };

class Attacker {
 public:
  Attacker(DrawnWorld& drawn, Dice dice, Attacks attacks);

  [[nodiscard]] bool is_there() const { return !kinds_.empty(); }
  // What it asks at one moment. Empty unless it is there.
  [[nodiscard]] std::vector<wire::Question> volley();

 private:
  enum class Kind : std::uint8_t { Slow, Dead, Refer, Chain, Deny, Honest };

  void set_up(DrawnWorld& drawn, const wire::Name& above);
  [[nodiscard]] wire::Name draw_name();

  Dice dice_;
  std::vector<Kind> kinds_;
  wire::Name apex_;
  std::vector<wire::Name> victims_;  // apexes of honest zones
  std::size_t honest_names_ = 0;
  std::size_t most_in_volley_ = 0;
  bool floods_ = false;
};

}  // namespace shirube::simulation
