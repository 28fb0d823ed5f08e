// Zones of an attacker, made so that one question of a client spends its packets in them.
#pragma once

#include <string_view>

#include "tests/support/iterating_host.hpp"

namespace shirube::test {

// A chain of aliases, each in a zone that stands below many others: each zone on the way costs a packet.
struct CostlyAliases {
  int packets = 1;  // in all
  std::string_view end;
};
// The question that begins the chain, for `type`.
[[nodiscard]] wire::Question serve_costly_aliases(IteratingHost& home, const CostlyAliases& chain,
                                                  wire::Type type = wire::Type::A);

// From the first number of packets that leaves more than enough for an honest name to one that leaves none.
inline constexpr int kLeavesPlenty = static_cast<int>(upstream::kMaxUpstreamPackets) - 10;
inline constexpr int kLeavesNone = static_cast<int>(upstream::kMaxUpstreamPackets) + 1;

// Until the lookup behind the client's back has ended, too.
void ask_to_the_end(AskingHost& home, const wire::Question& question,
                    cache::View view = cache::View::Checked);

}  // namespace shirube::test
