#include <catch2/catch.hpp>

#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

// RFC 3110 §2.
wire::Bytes rsa_key(const wire::Bytes& exponent, const wire::Bytes& modulus) {
  wire::Bytes key;
  if (exponent.size() < 256) {
    key = {static_cast<std::uint8_t>(exponent.size())};
  } else {
    key = {0, static_cast<std::uint8_t>(exponent.size() >> 8), static_cast<std::uint8_t>(exponent.size())};
  }
  key.insert(key.end(), exponent.begin(), exponent.end());
  key.insert(key.end(), modulus.begin(), modulus.end());
  return key;
}

wire::Bytes odd_number(std::size_t bits) {
  wire::Bytes number((bits + 7) / 8, 0xff);
  number[0] = static_cast<std::uint8_t>(0xffU >> (number.size() * 8 - bits));
  return number;
}

const wire::Bytes kF4{1, 0, 1};

std::optional<KeyFault> fault_of(const wire::Bytes& key) {
  const auto parsed = PublicKey::parse(Algorithm::RsaSha256, key);
  return parsed ? std::nullopt : std::optional(parsed.error());
}

TEST_CASE("RSA moduli have 1024 to 4096 bits") {
  CHECK(fault_of(rsa_key(kF4, odd_number(1024))) == std::nullopt);
  CHECK(fault_of(rsa_key(kF4, odd_number(4096))) == std::nullopt);
  CHECK(fault_of(rsa_key(kF4, odd_number(1023))) == KeyFault::Unsupported);
  CHECK(fault_of(rsa_key(kF4, odd_number(4097))) == KeyFault::Unsupported);
  CHECK(fault_of(rsa_key(kF4, odd_number(16384))) == KeyFault::Unsupported);
  CHECK(fault_of(rsa_key(kF4, odd_number(8 * 60'000))) == KeyFault::Unsupported);
}

TEST_CASE("RSA exponents have up to 35 bits, and are odd and more than 1") {
  const auto modulus = odd_number(2048);
  CHECK(fault_of(rsa_key({3}, modulus)) == std::nullopt);
  CHECK(fault_of(rsa_key(odd_number(35), modulus)) == std::nullopt);
  CHECK(fault_of(rsa_key(odd_number(36), modulus)) == KeyFault::Unsupported);
  CHECK(fault_of(rsa_key(odd_number(2047), modulus)) == KeyFault::Unsupported);
  CHECK(fault_of(rsa_key(odd_number(2048), modulus)) == KeyFault::Unsupported);  // length in two octets
  CHECK(fault_of(rsa_key({1}, modulus)) == KeyFault::Malformed);
  CHECK(fault_of(rsa_key({0}, modulus)) == KeyFault::Malformed);
  CHECK(fault_of(rsa_key({4}, modulus)) == KeyFault::Malformed);
}

TEST_CASE("zeros in front of RSA numbers count nothing") {
  auto modulus = odd_number(1024);
  modulus.insert(modulus.begin(), 600, 0);
  CHECK(fault_of(rsa_key({0, 0, 0, 0, 0, 0, 1, 0, 1}, modulus)) == std::nullopt);
}

TEST_CASE("RSA keys that overrun or have no numbers are malformed") {
  for (const wire::Bytes& key : {
           wire::Bytes{},
           wire::Bytes{0},
           wire::Bytes{0, 1},
           wire::Bytes{0, 0xff, 0xff, 1, 0, 1},      // an exponent longer than the key
           wire::Bytes{255, 1, 0, 1},                // the same in one octet
           wire::Bytes{3, 1, 0, 1},                  // no modulus
           wire::Bytes{0, 0, 0},                     // nothing at all
           rsa_key({}, odd_number(1024)),            // no exponent: 0 begins a long length
           rsa_key({1, 0, 1}, wire::Bytes(128, 0)),  // n = 0
           rsa_key({1, 0, 1},
                   [] {  // n is even
                     auto modulus = odd_number(1024);
                     modulus.back() = 0xfe;
                     return modulus;
                   }()),
       }) {
    CHECK(fault_of(key) == KeyFault::Malformed);
  }
}

TEST_CASE("a crafted key that is taken verifies nothing") {
  const auto key = PublicKey::parse(Algorithm::RsaSha256, rsa_key(kF4, odd_number(1024)));
  REQUIRE(key);
  const wire::Bytes data{1, 2, 3};
  for (const auto octet : wire::Bytes{0x00, 0x01, 0x7f, 0xff}) {
    CHECK_FALSE(key->verifies(data, wire::Bytes(128, octet)));
  }
}

TEST_CASE("keys of curves are as long as their curve says, and on it") {
  for (const auto& [algorithm, size] :
       {std::pair(Algorithm::EcdsaP256, 64), std::pair(Algorithm::EcdsaP384, 96)}) {
    auto key = test::owned(read_dnskey(test::key_of_example(algorithm).dnskey())->public_key);
    CHECK(PublicKey::parse(algorithm, key));
    key[5] ^= 1U;
    CHECK(PublicKey::parse(algorithm, key).error() == KeyFault::Malformed);
    CHECK(PublicKey::parse(algorithm, wire::Bytes(static_cast<std::size_t>(size), 0)).error() ==
          KeyFault::Malformed);
    key.pop_back();
    CHECK(PublicKey::parse(algorithm, key).error() == KeyFault::Malformed);
  }
  CHECK(PublicKey::parse(Algorithm::Ed25519, wire::Bytes(31, 1)).error() == KeyFault::Malformed);
  CHECK(PublicKey::parse(Algorithm::Ed448, wire::Bytes(58, 1)).error() == KeyFault::Malformed);
  CHECK(PublicKey::parse(Algorithm::Ed448, {}).error() == KeyFault::Malformed);
}

TEST_CASE("a key of an unknown algorithm is unsupported") {
  for (const int number : {0, 1, 2, 3, 6, 12, 17, 23, 252, 253, 254, 255}) {
    const auto algorithm = static_cast<Algorithm>(number);
    CHECK_FALSE(is_supported(algorithm, test::kWithSha1));
    CHECK(PublicKey::parse(algorithm, wire::Bytes(64, 1)).error() == KeyFault::Unsupported);
  }
}

}  // namespace
}  // namespace shirube::dnssec
