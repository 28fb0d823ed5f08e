// A resolver in the simulated internet that walks from the root. Zones, each with its servers, are named
// once, by the test, from the top down.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

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
  IteratingHost();
  explicit IteratingHost(const IteratingSetup& setup);
  ~IteratingHost();

  // The zone `apex` at `servers` ("192.0.2.1", "2001:db8::1"), and its delegation in the zone above. A text
  // without SOA or NS gets them: ns1, ns2... in the zone, one for each server.
  std::size_t serve(std::string_view apex, std::string_view text,
                    std::initializer_list<std::string_view> servers, Delegated delegated = Delegated::Yes);
};

}  // namespace shirube::test
