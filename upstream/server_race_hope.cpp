// The part of a race that finds out that its zone may have moved. The old servers of such a zone may refuse,
// refer upwards or be dead.
#include <algorithm>

#include "upstream/server_race.hpp"

namespace shirube::upstream {
namespace {

// One lost packet is no silence, unless the server was known to fail.
constexpr unsigned kTriesOfSilent = 2;
constexpr unsigned kTriesOfSilentWhileFailing = 1;

}  // namespace

// True: the server had enough tries, and its usual time to answer the last one. A server needs no try if a
// packet says that it cannot answer, or if it is failing and another lookup probes it.
bool ServerRace::is_silent(const Contender& contender) const {
  const auto record = record_of(contender.server);
  if (record.state->last_reply > contender.first_sent) return false;
  if (contender.excluded || is_probed_by_others(contender, record)) return true;
  const auto enough = contender.failed_before ? kTriesOfSilentWhileFailing : kTriesOfSilent;
  if (contender.tries != enough) return contender.tries > enough;
  const auto usual = hedge_after(*record.state, 0, manner_.pace);
  return context_.network.now() - contender.last_sent >= usual;
}

bool ServerRace::is_hopeless() const {
  if (!manner_.remembers_lame || heard_from_zone_) return false;
  bool any_lame = false;
  bool any_silent = false;
  for (const auto& contender : contenders_) {
    if (!has_route(contender)) continue;
    if (contender.set_aside) return false;
    if (!contender.is_lame && !is_silent(contender)) return false;
    // While other lookups probe a server that is known to be lame, this one does not ask it.
    const auto* known = record_of(contender.server).lameness;
    const bool is_lame = contender.is_lame || (known != nullptr && known->fails());
    any_lame = any_lame || is_lame;
    any_silent = any_silent || !is_lame;
  }
  return any_lame && any_silent;
}

}  // namespace shirube::upstream
