// Hashes of what attackers choose depend on a key that they do not know.
#include "upstream/keyed_hashes.hpp"

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::KeyedHash;

namespace {

[[nodiscard]] KeyedHash hash_of(std::uint64_t seed) {
  sim::World world;
  sim::SimulatedNetwork network(world, seed);
  return KeyedHash(network);
}

}  // namespace

TEST_CASE("names hash without case, as they compare") {
  const auto hash = hash_of(1);
  CHECK(hash(name("wWw.ExAmPlE.")) == hash(name("www.example.")));
  CHECK(hash(name("www.example.")) != hash(name("www.example.org.")));
  // Case is a matter of letters only: '[' and '{' differ by the same bit.
  CHECK(hash(name("[.example.")) != hash(name("{.example.")));
}

TEST_CASE("the key comes out of the network's randomness") {
  CHECK(hash_of(1)(name("www.example.")) == hash_of(1)(name("www.example.")));
  CHECK(hash_of(1)(name("www.example.")) != hash_of(2)(name("www.example.")));
  CHECK(hash_of(1)(name("www.example.")) != KeyedHash()(name("www.example.")));
  CHECK(hash_of(1)(endpoint("192.0.2.1")) != hash_of(2)(endpoint("192.0.2.1")));
}

TEST_CASE("the salt counts, and so do port and address of a server") {
  const auto hash = hash_of(1);
  CHECK(hash(name("www.example."), 1) != hash(name("www.example."), 2));
  CHECK(hash(name("www.example.")) == hash(name("www.example."), 0));
  CHECK(hash(endpoint("192.0.2.1:53")) == hash(endpoint("192.0.2.1:53")));
  CHECK(hash(endpoint("192.0.2.1:53")) != hash(endpoint("192.0.2.1:54")));
  CHECK(hash(endpoint("192.0.2.1:53")) != hash(endpoint("192.0.2.2:53")));
  CHECK(hash(endpoint("[2001:db8::1]:53")) != hash(endpoint("[2001:db8::2]:53")));
}
