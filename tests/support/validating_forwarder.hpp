// A resolver that validates what recursors tell it. The world behind them: a signed root, the signed zone
// example. and plain., which is not.
#pragma once

#include "tests/support/judged.hpp"
#include "tests/support/resolving_host.hpp"

namespace shirube::test {

class ValidatingForwarder : public AskingHost {
 public:
  explicit ValidatingForwarder(const std::vector<std::string_view>& servers, std::uint64_t seed = 1)
      : AskingHost(forwarding(servers), {}, seed) {
    world.delegate(example);
    world.delegate(plain);
    world.sign(root);
    world.sign(example);
    for (const auto server : servers) world.add_host(server, sim::Role::Recursor);
  }
  // From now on this recursor leaves out all signatures and proofs.
  void strip(std::string_view server) {
    host(server).script = [this, server](const wire::Question& question) {
      return std::optional(world.honest(host(server), question, sim::Proofs::LeftOut));
    };
  }

  const std::size_t root = world.add_zone(".", "@ 300 SOA a. b. 1 1800 900 604800 300\n@ 300 NS a.\n");
  const std::size_t example = world.add_zone("example.", kExampleZone);
  const std::size_t plain = world.add_zone("plain.", kExampleZone);

 private:
  static upstream::UpstreamSettings forwarding(const std::vector<std::string_view>& servers) {
    upstream::UpstreamSettings settings{.mode = upstream::Mode::Forward};
    upstream::ZoneServers everything;
    for (const auto server : servers) everything.servers.push_back(*wire::Endpoint::parse(server));
    settings.forwards.push_back(everything);
    settings.trust.anchors.add(sim::Signer({}, {}).trust_anchor());
    return settings;
  }
};

}  // namespace shirube::test
