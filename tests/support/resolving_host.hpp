// A resolver in the simulated internet that forwards. Zones and servers are named once, by the test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/asking_host.hpp"

namespace shirube::test {

inline constexpr std::string_view kFirst = "192.0.2.1:53";
inline constexpr std::string_view kSecond = "192.0.2.2:53";

class ResolvingHost : public AskingHost {
 public:
  // Forwards everything to recursors at `servers`, all of which know all zones of the world.
  explicit ResolvingHost(const std::vector<std::string_view>& servers,
                         cache::CacheSettings cache_settings = {}, std::uint64_t seed = 1)
      : AskingHost(forwarding(servers), cache_settings, seed) {
    for (const auto server : servers) world.add_host(server, sim::Role::Recursor);
  }

 private:
  static upstream::UpstreamSettings forwarding(const std::vector<std::string_view>& servers) {
    upstream::UpstreamSettings settings;
    upstream::ZoneServers root;
    for (const auto server : servers) root.servers.push_back(*wire::Endpoint::parse(server));
    settings.forwards.push_back(root);
    return settings;
  }
};

inline constexpr std::string_view kExampleZone = R"(
@    300 IN SOA ns1 hostmaster 1 7200 900 1209600 60
@    300 IN NS  ns1
@    300 IN MX  10 mail
www  300 IN A   192.0.2.80
mail 300 IN A   192.0.2.25
to   300 IN CNAME www
loop 300 IN CNAME pool
pool 300 IN CNAME loop
)";

}  // namespace shirube::test
