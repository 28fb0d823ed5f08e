#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "dnssec/records.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Bytes;
using wire::Name;
using wire::Type;

namespace {

// A DNSKEY of RSA/SHA-256 of noise. An even number of bits sets the highest one, too.
[[nodiscard]] Bytes rsa_key(std::size_t exponent_bits, std::size_t modulus_bits) {
  const auto number = [](std::size_t bits) {
    Bytes octets((bits + 7) / 8, 0xa5);
    octets.front() = static_cast<std::uint8_t>(1U << ((bits - 1) % 8));
    octets.back() |= 1;
    return octets;
  };
  const auto exponent = number(exponent_bits);
  const auto modulus = number(modulus_bits);
  Bytes key{1, 1, 3, 8, static_cast<std::uint8_t>(exponent.size())};
  key.insert(key.end(), exponent.begin(), exponent.end());
  key.insert(key.end(), modulus.begin(), modulus.end());
  return key;
}

// example.test. has this key alone, and test. its DS.
void give_key(SignedTree& home, const Bytes& key) {
  const auto apex = Name::literal("example.test");
  const auto digest = dnssec::ds_digest(dnssec::DigestType::Sha256, apex, key);
  const auto tag = dnssec::key_tag(key);
  Bytes ds{static_cast<std::uint8_t>(tag >> 8), static_cast<std::uint8_t>(tag), 8, 2};
  ds.insert(ds.end(), digest.begin(), digest.end());
  wire::RRset rrset{.owner = apex, .type = Type::DS, .ttl = 300};
  rrset.rdatas.add(ds);
  home.world.zone(home.test).put(rrset);
  home.spoil(home.example, "example.test", Type::DNSKEY, [key](wire::RRset& keys, const sim::Signer&) {
    keys.rdatas = {};
    keys.rdatas.add(key);
  });
}

}  // namespace

TEST_CASE("a zone with nothing but an RSA key that is too large to be checked is insecure") {
  for (const auto& key : {rsa_key(17, 4097), rsa_key(17, 16'384), rsa_key(36, 2048), rsa_key(2040, 2048)}) {
    SignedTree home;
    give_key(home, key);
    CHECK(test::insecure(home.ask_and_wait("www.example.test")));
    CHECK(home.resolver.statistics().failed_checks == 0);
    CHECK(home.quiet());
  }
}

TEST_CASE("with one that is as large as may be it is checked, and bogus") {
  for (const auto& key : {rsa_key(17, 4096), rsa_key(35, 2048)}) {
    SignedTree home;
    give_key(home, key);
    CHECK(home.ask_and_wait("www.example.test").servfail());
    CHECK(home.quiet());
  }
}
