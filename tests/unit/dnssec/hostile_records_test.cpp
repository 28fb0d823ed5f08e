// Octets that nobody means well with: nothing is read out of bounds (with sanitizers), and nothing becomes
// secure.
#include <random>

#include <catch2/catch.hpp>

#include "dnssec/key_set_check.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

using Engine = std::mt19937;

wire::Bytes random_octets(Engine& engine, std::size_t limit) {
  wire::Bytes octets(engine() % limit);
  for (auto& octet : octets) octet = static_cast<std::uint8_t>(engine() % 7 == 0 ? engine() : engine() % 16);
  return octets;
}

// `octets` cut, lengthened or with some of them changed.
wire::Bytes mangled(wire::Bytes octets, Engine& engine) {
  for (unsigned changes = engine() % 4; changes > 0 && !octets.empty(); --changes) {
    octets[engine() % octets.size()] = static_cast<std::uint8_t>(engine());
  }
  if (engine() % 3 == 0) octets.resize(engine() % (octets.size() + 8));
  return octets;
}

TEST_CASE("any octets can be read as any record") {
  Engine engine(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto octets = random_octets(engine, 80);
    if (const auto nsec = read_nsec(octets)) static_cast<void>(nsec->types.has(wire::Type{257}));
    if (const auto nsec3 = read_nsec3(octets)) static_cast<void>(nsec3->types.has(wire::Type::A));
    static_cast<void>(TypeBitmap(octets).has(wire::Type::A));
    static_cast<void>(read_ds(octets));
    const auto rrsig = read_rrsig(octets);
    if (rrsig) CHECK(rrsig->fields.size() + rrsig->signer.size() + rrsig->signature.size() == octets.size());
    const auto key = read_dnskey(octets);
    if (key) CHECK(key->public_key.size() + 4 == octets.size());
  }
}

TEST_CASE("any octets can be tried as a key of any algorithm") {
  Engine engine(2);
  for (int i = 0; i < 300; ++i) {
    for (const auto algorithm : test::kAllAlgorithms) {
      const auto original = read_dnskey(test::key_of_example(algorithm).dnskey())->public_key;
      const auto key = PublicKey::parse(algorithm, mangled(test::owned(original), engine));
      if (!key) continue;
      CHECK_FALSE(key->verifies(random_octets(engine, 300), random_octets(engine, 300)));
    }
  }
}

TEST_CASE("mangled keys, DS, data and signatures are not secure") {
  Engine engine(3);
  const auto& key = test::key_of_example(Algorithm::Ed25519);
  const auto original = [&] {
    auto dnskeys = test::dnskeys_of({&key});
    dnskeys.signatures.add(key.sign_by_ldns(dnskeys));
    return dnskeys;
  }();
  TrustAnchor anchor{.zone = key.zone()};
  anchor.dnskeys.add(key.dnskey());
  unsigned secure = 0;
  for (int i = 0; i < 5'000; ++i) {
    wire::RRset dnskeys{.owner = key.zone(), .type = wire::Type::DNSKEY, .ttl = 300};
    for (const auto rdata : original.rdatas) dnskeys.rdatas.add(mangled(test::owned(rdata), engine));
    for (const auto rdata : original.signatures) dnskeys.signatures.add(mangled(test::owned(rdata), engine));
    Effort effort;
    const auto outcome = check_key_set(dnskeys, anchor, {}, test::kSigningTime, effort);
    const bool is_unharmed = dnskeys.rdatas == original.rdatas && dnskeys.signatures == original.signatures;
    CHECK((outcome.verdict.status == Status::Secure) == is_unharmed);
    secure += is_unharmed ? 1 : 0;
  }
  CHECK(secure > 0);
}

}  // namespace
}  // namespace shirube::dnssec
