#include "sim/link.hpp"

namespace shirube::sim {
namespace {

// Linux: the least retransmission timeout, and few enough repeats that a dead link is noticed within a
// resolver's deadline.
constexpr wire::Duration kFirstRetransmission = std::chrono::milliseconds{200};
constexpr int kMostRetransmissions = 5;

[[nodiscard]] wire::Duration one_way(const Link& link, SeededRandom& random) {
  if (link.jitter <= wire::Duration::zero()) return link.delay;
  return link.delay + wire::Duration(random.below(static_cast<std::uint64_t>(link.jitter.count())));
}

}  // namespace

Arrivals datagram(const Link& link, SeededRandom& random) {
  Arrivals arrivals;
  if (random.happens(link.loss)) return arrivals;
  arrivals.count = random.happens(link.duplication) ? 2 : 1;
  for (std::size_t i = 0; i < arrivals.count; ++i) arrivals.after[i] = one_way(link, random);
  return arrivals;
}

Arrivals segment(const Link& link, SeededRandom& random) {
  Arrivals arrivals;
  wire::Duration waited{};
  auto timeout = kFirstRetransmission;
  for (int tries = 0; tries <= kMostRetransmissions; ++tries) {
    if (!random.happens(link.loss)) {
      arrivals.after[0] = waited + one_way(link, random);
      arrivals.count = 1;
      return arrivals;
    }
    waited += timeout;
    timeout *= 2;
  }
  return arrivals;
}

}  // namespace shirube::sim
