#include "tests/support/signed_service.hpp"

#include <utility>

#include <fmt/format.h>

#include "sim/signing.hpp"
#include "tests/support/iterating_host.hpp"

namespace shirube::test {
namespace {

conf::Settings with_root(conf::Settings settings) {
  settings.upstream.root_hints.push_back(
      {wire::Name::literal("a.root-servers.net."), {*wire::Address::parse(kRoot)}});
  settings.upstream.trust.anchors.add(sim::Signer({}, {}).trust_anchor());
  return settings;
}

}  // namespace

SignedService::SignedService(conf::Settings settings) : ServingHost(with_root(std::move(settings))) {
  const auto root =
      world.add_zone(".", fmt::format("@ 86400 SOA a.root-servers.net. nstld. 1 1800 900 604800 900\n"
                                      "@ 518400 NS a.root-servers.net.\na.root-servers.net. 518400 A {}\n",
                                      kRoot));
  world.serve(kRoot, root);
  world.sign(root);
}

SignedService::~SignedService() = default;

std::size_t SignedService::serve_signed(std::string_view apex, std::string_view text,
                                        std::string_view server) {
  const auto zone = world.add_zone(
      apex, fmt::format("@ 300 SOA ns1 hostmaster 1 7200 900 1209600 60\n@ 300 NS ns1\nns1 300 A {}\n{}",
                        server, text));
  world.serve(server, zone);
  world.delegate(zone);
  world.sign(zone);
  return zone;
}

void SignedService::spoil(std::size_t zone, std::string_view name, wire::Type type, sim::Defect defect) {
  world.zone(zone).spoil(wire::Name::literal(name), type, std::move(defect));
}

}  // namespace shirube::test
