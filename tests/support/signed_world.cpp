#include "tests/support/signed_world.hpp"

#include <utility>

namespace shirube::test {
namespace {

constexpr std::size_t kRootZone = 0;

// The root has the keys that its name and its Signing decide, before there is a world.
IteratingSetup with_anchor(const SignedSetup& setup) {
  auto iterating = setup.iterating;
  iterating.settings.trust.anchors.add(sim::Signer({}, setup.root).trust_anchor());
  return iterating;
}

}  // namespace

SignedHost::SignedHost() : SignedHost(SignedSetup{}) {}

SignedHost::SignedHost(const SignedSetup& setup) : IteratingHost(with_anchor(setup)) {
  world.sign(kRootZone, setup.root);
}

SignedHost::~SignedHost() = default;

std::size_t SignedHost::serve_signed(std::string_view apex, std::string_view text,
                                     std::initializer_list<std::string_view> servers) {
  return serve_signed(apex, text, servers, {});
}

std::size_t SignedHost::serve_signed(std::string_view apex, std::string_view text,
                                     std::initializer_list<std::string_view> servers,
                                     const sim::Signing& signing) {
  const auto index = serve(apex, text, servers);
  world.sign(index, signing);
  return index;
}

void SignedHost::spoil(std::size_t zone, std::string_view name, wire::Type type, sim::Defect defect) {
  world.zone(zone).spoil(wire::Name::literal(name), type, std::move(defect));
}

SignedTree::SignedTree() = default;
SignedTree::SignedTree(const SignedSetup& setup) : SignedHost(setup) {}
SignedTree::~SignedTree() = default;

}  // namespace shirube::test
