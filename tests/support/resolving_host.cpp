#include "tests/support/resolving_host.hpp"

namespace shirube::test {

upstream::UpstreamSettings forwarding_to(std::initializer_list<std::string_view> servers) {
  upstream::UpstreamSettings settings;
  upstream::ZoneServers everything;
  for (const auto server : servers) everything.servers.push_back(*wire::Endpoint::parse(server));
  settings.forwards.push_back(everything);
  return settings;
}

ResolvingHost::ResolvingHost(std::initializer_list<std::string_view> servers,
                             const cache::CacheSettings& cache_settings, std::uint64_t seed)
    : AskingHost(forwarding_to(servers), cache_settings, seed) {
  for (const auto server : servers) world.add_host(server, sim::Role::Recursor);
}

ResolvingHost::~ResolvingHost() = default;

}  // namespace shirube::test
