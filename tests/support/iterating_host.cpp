#include "tests/support/iterating_host.hpp"

#include <string>

#include <fmt/format.h>

namespace shirube::test {
namespace {

upstream::UpstreamSettings with_hints(upstream::UpstreamSettings settings) {
  settings.root_hints.push_back({wire::Name::literal("a.root-servers.net."), {*wire::Address::parse(kRoot)}});
  return settings;
}

void complete(sim::Zone& zone, std::initializer_list<std::string_view> servers) {
  if (zone.find(zone.apex(), wire::Type::SOA) == nullptr)
    zone.add("@ 300 SOA ns1 hostmaster 1 7200 900 1209600 60\n");
  if (zone.find(zone.apex(), wire::Type::NS) != nullptr) return;
  std::string text;
  std::size_t number = 0;
  for (const auto server : servers) {
    const bool is_v6 = server.find(':') != std::string_view::npos;
    text += fmt::format("@ 300 NS ns{0}\nns{0} 300 {1} {2}\n", ++number, is_v6 ? "AAAA" : "A", server);
  }
  zone.add(text);
}

}  // namespace

IteratingHost::IteratingHost() : IteratingHost(IteratingSetup{}) {}

IteratingHost::IteratingHost(const IteratingSetup& setup)
    : AskingHost(with_hints(setup.settings), setup.cache, setup.seed) {
  const auto text = fmt::format(
      "@ 86400 SOA a.root-servers.net. nstld. 1 1800 900 604800 900\n@ 518400 NS a.root-servers.net.\n"
      "a.root-servers.net. 518400 A {}\n",
      kRoot);
  world.serve(kRoot, world.add_zone(".", text));
}

IteratingHost::~IteratingHost() = default;

std::size_t IteratingHost::serve(std::string_view apex, std::string_view text,
                                 std::initializer_list<std::string_view> servers, Delegated delegated) {
  const auto index = world.add_zone(apex, text);
  complete(world.zone(index), servers);
  for (const auto server : servers) world.serve(server, index);
  if (delegated == Delegated::Yes) world.delegate(index);
  return index;
}

}  // namespace shirube::test
