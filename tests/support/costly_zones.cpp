#include "tests/support/costly_zones.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace shirube::test {
namespace {

constexpr int kMostZones = 9;  // of one alias: more are not asked for one by one

// "l2.l1.z7."
[[nodiscard]] std::string deepest_of(int link, int zones) {
  auto apex = fmt::format("z{}.", link);
  for (int level = 1; level < zones; ++level) apex = fmt::format("l{}.{}", level, apex);
  return apex;
}

}  // namespace

wire::Question serve_costly_aliases(IteratingHost& home, const CostlyAliases& chain, wire::Type type) {
  std::vector<std::string> owners;
  std::vector<int> zones;
  // A referral to each zone, and the alias.
  for (int left = chain.packets; left > 0;) {
    const int mine = std::clamp(left - 1, 1, left > kMostZones + 2 ? kMostZones : left);
    zones.push_back(mine);
    owners.push_back("www." + deepest_of(static_cast<int>(owners.size()), mine));
    left -= mine + 1;
  }
  owners.emplace_back(chain.end);
  for (std::size_t link = 0; link + 1 < owners.size(); ++link) {
    for (int level = 1; level <= zones[link]; ++level) {
      // The server of a zone is not that of the zone above, or it would answer for both.
      const auto server = fmt::format("10.{}.{}.1", 1 + level % 2, link);
      const auto alias = fmt::format("www 300 CNAME {}\n", owners[link + 1]);
      home.serve(deepest_of(static_cast<int>(link), level), level == zones[link] ? alias : "", {server});
    }
  }
  return {wire::Name::literal(owners.front()), type};
}

void ask_to_the_end(AskingHost& home, const wire::Question& question, cache::View view) {
  const auto& client = home.ask(question, view);
  home.network.run_until([&] { return client.got && home.resolver.lookups_in_flight() == 0; });
}

}  // namespace shirube::test
