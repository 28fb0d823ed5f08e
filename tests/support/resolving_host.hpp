// A resolver in the simulated internet that forwards. Zones and servers are named once, by the test.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "tests/support/asking_host.hpp"

namespace shirube::test {

inline constexpr std::string_view kFirst = "192.0.2.1:53";
inline constexpr std::string_view kSecond = "192.0.2.2:53";

// Everything is asked of these.
[[nodiscard]] upstream::UpstreamSettings forwarding_to(std::initializer_list<std::string_view> servers);

class ResolvingHost : public AskingHost {
 public:
  // Forwards everything to recursors at `servers`, all of which know all zones of the world.
  explicit ResolvingHost(std::initializer_list<std::string_view> servers,
                         const cache::CacheSettings& cache_settings = {}, std::uint64_t seed = 1);
  ~ResolvingHost();
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
