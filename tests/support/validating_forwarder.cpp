#include "tests/support/validating_forwarder.hpp"

#include <optional>

namespace shirube::test {
namespace {

upstream::UpstreamSettings validating(upstream::UpstreamSettings settings) {
  settings.mode = upstream::Mode::Forward;
  settings.trust.anchors.add(sim::Signer({}, {}).trust_anchor());
  return settings;
}

}  // namespace

ValidatingForwarder::ValidatingForwarder(std::initializer_list<std::string_view> servers, std::uint64_t seed)
    : AskingHost(validating(forwarding_to(servers)), {}, seed) {
  world.delegate(example);
  world.delegate(plain);
  world.sign(root);
  world.sign(example);
  for (const auto server : servers) world.add_host(server, sim::Role::Recursor);
}

ValidatingForwarder::~ValidatingForwarder() = default;

void ValidatingForwarder::strip(std::string_view server) {
  host(server).script = [this, server](const wire::Question& question) {
    return std::optional(world.honest(host(server), question, sim::Proofs::LeftOut));
  };
}

}  // namespace shirube::test
