// Ranks the causes of a failure, to report the one to act on.
#include <algorithm>
#include <array>

#include "upstream/failure_kinds.hpp"

namespace shirube::upstream {
namespace {

// A lower rank is more informative. `here`: a cause of the question's own zones; `aside`: of a lookup for the
// address of one of their servers.
struct TellingRank {
  unsigned here;
  unsigned aside;
};

constexpr TellingRank kOfVerdict{0, 1};
// This host has no socket: no server is to blame.
constexpr TellingRank kOfOwnTrouble{2, 2};
constexpr TellingRank kOfWord{3, 5};  // a reply of the server or of its network
constexpr TellingRank kOfSilence{4, 6};
// A failure that is cached with its own cause.
constexpr TellingRank kOfEarlier{12, 12};
// Keys or a DS that were not received: the server that failed to send them is the cause to act on.
constexpr TellingRank kOfMissingKeys{13, 13};
constexpr unsigned kFirstConsequence = 14;

struct ObstacleRank {
  Obstacle obstacle;
  TellingRank rank;
};
constexpr std::array kRanksOfObstacles{
    // This host or its configuration is the obstacle.
    ObstacleRank{Obstacle::NoIpv6Route, {7, 7}},
    ObstacleRank{Obstacle::Ipv6Off, {7, 7}},
    ObstacleRank{Obstacle::Ipv4Off, {7, 7}},
    ObstacleRank{Obstacle::NoIpv4Address, {8, 8}},
    ObstacleRank{Obstacle::Forbidden, {8, 8}},
    // The zone's own data is the obstacle.
    ObstacleRank{Obstacle::NoAddress, {9, 9}},
    ObstacleRank{Obstacle::Cycle, {10, 10}},
    ObstacleRank{Obstacle::NoServers, {11, 11}},
    // Limits and consequences.
    ObstacleRank{Obstacle::Overloaded, {kFirstConsequence, kFirstConsequence}},
    ObstacleRank{Obstacle::TooDeep, {15, 15}},
    ObstacleRank{Obstacle::KnownDown, {16, 16}},
    ObstacleRank{Obstacle::AddressUnknown, {17, 17}},
};

[[nodiscard]] bool is_silence(ExchangeError error) {
  return error == ExchangeError::TimedOut || error == ExchangeError::NearMisses;
}

struct RankOfComplaint {
  TellingRank operator()(const dnssec::Verdict& verdict) const {
    return is_for_want_of_keys(verdict) ? kOfMissingKeys : kOfVerdict;
  }
  TellingRank operator()(wire::Rcode) const { return kOfWord; }
  TellingRank operator()(Misbehaviour) const { return kOfWord; }
  TellingRank operator()(const TruncatedWithoutTcp& truncated) const {
    return truncated.tcp == ExchangeError::Local ? kOfOwnTrouble : kOfWord;
  }
  TellingRank operator()(ExchangeError error) const {
    if (error == ExchangeError::Local) return kOfOwnTrouble;
    return is_silence(error) ? kOfSilence : kOfWord;
  }
  TellingRank operator()(Obstacle obstacle) const {
    const auto* row = std::ranges::find(kRanksOfObstacles, obstacle, &ObstacleRank::obstacle);
    return row == kRanksOfObstacles.end() ? TellingRank{18, 18} : row->rank;
  }
};

}  // namespace

unsigned telling_rank(const Cause& cause) {
  const auto rank = cause.earlier.empty() ? std::visit(RankOfComplaint{}, cause.complaint) : kOfEarlier;
  return cause.away == 0 ? rank.here : rank.aside;
}

const Cause& most_telling(const Failure& failure) {
  return *std::ranges::min_element(failure.causes, {}, telling_rank);
}

bool is_about_limits(const Failure& failure) {
  return std::ranges::all_of(failure.causes, [](const Cause& cause) {
    return telling_rank(cause) >= kFirstConsequence || !cause.earlier.empty();
  });
}

}  // namespace shirube::upstream
