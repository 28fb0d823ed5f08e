// The part of a race that decides whether it still has hope. If a zone has moved, its old servers may refuse
// or refer upwards, and those that are dead would keep the race going for seconds.
#include <algorithm>

#include "upstream/server_race.hpp"

namespace shirube::upstream {
namespace {

// One lost packet is no silence, unless the server was known to fail.
constexpr unsigned kTriesOfSilent = 2;
constexpr unsigned kTriesOfSilentWhileFailing = 1;

}  // namespace

// It had its usual time for the last try as well.
bool ServerRace::is_silent(const Contender& contender) const {
  const auto record = record_of(contender.server);
  if (record.state->last_reply > contender.first_sent) return false;
  if (is_probed_by_others(contender, record)) return true;
  const auto tries = record.fails() ? kTriesOfSilentWhileFailing : kTriesOfSilent;
  const auto usual = hedge_after(*record.state, 0, manner_.pace);
  return contender.tries >= tries && context_.network.now() - contender.last_sent >= usual;
}

bool ServerRace::only_silence_is_left() const {
  if (!manner_.remembers_lame || !heard_refusal_ || heard_from_zone_) return false;
  bool any_lame = false;
  for (const auto& contender : contenders_) {
    if (!has_route(contender)) continue;
    if (contender.set_aside) return false;
    const bool spoke = contender.excluded && contender.is_lame;
    any_lame = any_lame || spoke;
    if (!spoke && !is_silent(contender)) return false;
  }
  return any_lame;
}

}  // namespace shirube::upstream
