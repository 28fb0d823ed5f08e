// A resolver in the simulated internet that walks from the root. Zones, each with its servers, are named
// once, by the test, from the top down.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/support/asking_host.hpp"

namespace shirube::test {

inline constexpr std::string_view kRoot = "198.41.0.4";

struct IteratingSetup {
  upstream::UpstreamSettings settings{};  // root hints are added
  cache::CacheSettings cache{};
  std::uint64_t seed = 1;
};

enum class Delegated : std::uint8_t { Yes, No };

class IteratingHost : public AskingHost {
 public:
  // The root zone is there, at kRoot.
  explicit IteratingHost(const IteratingSetup& setup = {})
      : AskingHost(with_hints(setup.settings), setup.cache, setup.seed) {
    const auto text = fmt::format(
        "@ 86400 SOA a.root-servers.net. nstld. 1 1800 900 604800 900\n@ 518400 NS a.root-servers.net.\n"
        "a.root-servers.net. 518400 A {}\n",
        kRoot);
    world.serve(kRoot, world.add_zone(".", text));
  }

  // The zone `apex` at `servers` ("192.0.2.1", "2001:db8::1"), and its delegation in the zone above. A text
  // without SOA or NS gets them: ns1, ns2... in the zone, one for each server.
  std::size_t serve(std::string_view apex, std::string_view text,
                    const std::vector<std::string_view>& servers, Delegated delegated = Delegated::Yes) {
    const auto index = world.add_zone(apex, text);
    complete(world.zone(index), servers);
    for (const auto server : servers) world.serve(server, index);
    if (delegated == Delegated::Yes) world.delegate(index);
    return index;
  }

 private:
  static void complete(sim::Zone& zone, const std::vector<std::string_view>& servers) {
    if (zone.find(zone.apex(), wire::Type::SOA) == nullptr)
      zone.add("@ 300 SOA ns1 hostmaster 1 7200 900 1209600 60\n");
    if (zone.find(zone.apex(), wire::Type::NS) != nullptr) return;
    std::string text;
    for (std::size_t i = 0; i < servers.size(); ++i) {
      const bool is_v6 = servers[i].find(':') != std::string_view::npos;
      text += fmt::format("@ 300 NS ns{0}\nns{0} 300 {1} {2}\n", i + 1, is_v6 ? "AAAA" : "A", servers[i]);
    }
    zone.add(text);
  }
  static upstream::UpstreamSettings with_hints(upstream::UpstreamSettings settings) {
    settings.root_hints.push_back(
        {wire::Name::literal("a.root-servers.net."), {*wire::Address::parse(kRoot)}});
    return settings;
  }
};

}  // namespace shirube::test
