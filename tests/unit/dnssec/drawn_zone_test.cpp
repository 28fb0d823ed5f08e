// The drawn zones of the property tests are not too tame.
#include "tests/unit/dnssec/drawn_zone.hpp"

#include <catch2/catch.hpp>

using namespace shirube::dnssec::drawn;

TEST_CASE("drawn zones have all that makes denial hard") {
  unsigned cuts = 0, wildcards = 0, left_out = 0, empty = 0, hidden = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Dice dice(seed);
    const Zone zone(dice);
    const auto asked = draw_name(zone, dice);
    hidden += zone.is_hidden(asked) ? 1U : 0U;
    empty += zone.exists(asked) && !zone.names().contains(asked) ? 1U : 0U;
    for (const auto& [name, types] : zone.names()) {
      cuts += zone.is_cut(name) ? 1U : 0U;
      wildcards += name.is_wildcard() ? 1U : 0U;
      left_out += zone.is_in_opt_out_chain(name) ? 0U : 1U;
    }
  }
  CHECK(cuts > 100);
  CHECK(wildcards > 100);
  CHECK(left_out > 50);
  CHECK(empty > 20);
  CHECK(hidden > 20);
}
