// The hash is SipHash, and its key matters.
#include "cache/keyed_hash.hpp"

#include <array>
#include <numeric>
#include <vector>

#include <catch2/catch.hpp>

using namespace shirube::cache;

// The paper's Appendix A: key 00…0f, message 00…0e.
TEST_CASE("SipHash-2-4 gives the value of its paper") {
  const HashKey key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
  std::array<std::uint8_t, 7> tail{};
  std::iota(tail.begin(), tail.end(), std::uint8_t{8});
  SipHash<2, 4> hash(key);
  hash.add(0x0706050403020100);
  CHECK(hash.finish(tail, 15) == 0xa129ca6149be45e5);
}

TEST_CASE("key, word, content and length all count") {
  const std::vector<std::uint8_t> bytes(16, 1);
  const shirube::wire::BytesView view(bytes);
  const auto hash = keyed_hash(HashKey::from_seed(1), 2, view);
  CHECK(hash == keyed_hash(HashKey::from_seed(1), 2, view));
  CHECK(hash != keyed_hash(HashKey::from_seed(2), 2, view));
  CHECK(hash != keyed_hash(HashKey::from_seed(1), 3, view));
  CHECK(hash != keyed_hash(HashKey::from_seed(1), 2, view.first(15)));
  CHECK(keyed_hash(HashKey::from_seed(1), 2, view.first(8)) !=
        keyed_hash(HashKey::from_seed(1), 2, view.first(9)));
}
