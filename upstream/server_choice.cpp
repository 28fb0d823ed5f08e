#include "upstream/server_choice.hpp"

#include <algorithm>
#include <vector>

namespace shirube::upstream {
namespace {

// Servers within this distance of the fastest are as good as it.
constexpr wire::Duration kBand = std::chrono::milliseconds{20};
// Who is well gets so many tries more than who is down.
constexpr unsigned kTriesAhead = 2;
// Extra tries of a server that sets AA for the zone, before one that does not is tried.
constexpr unsigned kTriesBeforeSloppy = 1;
// One lookup in so many goes to any server that is up.
constexpr std::uint32_t kExploreOneIn = 32;

[[nodiscard]] wire::Instant down_until(const Candidate& candidate) {
  const auto reachable = candidate.state->down_until;
  return candidate.lameness == nullptr ? reachable : std::max(reachable, candidate.lameness->down_until);
}

[[nodiscard]] wire::Duration speed(const Candidate& candidate) {
  // Who failed last time is tried by the few that explore, not by everybody as soon as its time is up.
  if (candidate.state->fails() || (candidate.lameness != nullptr && candidate.lameness->fails()))
    return wire::Duration::max() / 2;
  return candidate.state->measured ? candidate.state->smoothed_rtt : wire::Duration{};
}

}  // namespace

std::optional<std::size_t> choose_server(std::span<const Candidate> candidates, unsigned max_tries,
                                         wire::Instant now, Network& random) {
  std::vector<std::size_t> eligible;
  const auto keep_least = [&](auto key) {
    auto least = key(candidates[eligible.front()]);
    for (const auto i : eligible) least = std::min(least, key(candidates[i]));
    std::erase_if(eligible, [&](std::size_t i) { return key(candidates[i]) > least; });
  };
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].excluded && candidates[i].tries < max_tries) eligible.push_back(i);
  }
  if (eligible.empty()) return std::nullopt;
  keep_least([now](const Candidate& c) {
    const bool is_sloppy = c.lameness != nullptr && c.lameness->is_sloppy(now);
    return c.tries + (down_until(c) > now ? kTriesAhead : 0) + (is_sloppy ? kTriesBeforeSloppy : 0);
  });
  // At equal rank fewer tries go first: several silences in this lookup weigh more than an old failure.
  keep_least([](const Candidate& c) { return c.tries; });
  keep_least([now](const Candidate& c) { return std::max(down_until(c), now); });
  if (random.random_below(kExploreOneIn) != 0) {
    auto best = wire::Duration::max();
    for (const auto i : eligible) best = std::min(best, speed(candidates[i]));
    std::erase_if(eligible, [&](std::size_t i) { return speed(candidates[i]) > best + kBand; });
  }
  return eligible[random.random_below(static_cast<std::uint32_t>(eligible.size()))];
}

}  // namespace shirube::upstream
