// keyed_hash: SipHash over one 64-bit word and some bytes. Names are chosen by attackers: without the key
// nobody can aim many of them at one bucket.
// Threads:  pure functions.
// Source:   Aumasson, Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012. The tables use
//           SipHash-1-3, as Rust, Python and Ruby do for theirs: a hash is never shown to anybody, which asks
//           less than a MAC does.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "wire/bytes.hpp"

namespace shirube::cache {

struct HashKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  // Two words from one (SplitMix64's finaliser), so that the halves are not equal.
  [[nodiscard]] static constexpr HashKey from_seed(std::uint64_t seed) {
    return {mixed(seed + 0x9e3779b97f4a7c15U), mixed(seed + 2 * 0x9e3779b97f4a7c15U)};
  }

 private:
  [[nodiscard]] static constexpr std::uint64_t mixed(std::uint64_t word) {
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
    return word ^ (word >> 31);
  }
};

template <int kRoundsPerWord, int kFinalRounds>
class SipHash {
 public:
  explicit SipHash(const HashKey& key)
      : v0_(key.low ^ 0x736f6d6570736575U),
        v1_(key.high ^ 0x646f72616e646f6dU),
        v2_(key.low ^ 0x6c7967656e657261U),
        v3_(key.high ^ 0x7465646279746573U) {}

  void add(std::uint64_t word) {
    v3_ ^= word;
    rounds<kRoundsPerWord>();
    v0_ ^= word;
  }
  // The bytes that end the message; `total` is the length of all of it, words added before included.
  [[nodiscard]] std::uint64_t finish(wire::BytesView bytes, std::size_t total) {
    const std::uint8_t* at = bytes.data();
    for (std::size_t left = bytes.size() / 8; left > 0; --left, at += 8) add(little_endian(at));
    add(std::uint64_t{total & 0xff} << 56 | rest_of(bytes));
    v2_ ^= 0xff;
    rounds<kFinalRounds>();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  // The bytes after the last whole word. The first byte is the least significant.
  [[nodiscard]] static std::uint64_t rest_of(wire::BytesView bytes) {
    const auto left = bytes.size() % 8;
    if (left == 0) return 0;
    if (bytes.size() > 8) return little_endian(bytes.data() + bytes.size() - 8) >> (8 * (8 - left));
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < left; ++i) rest |= std::uint64_t{bytes[i]} << (8 * i);
    return rest;
  }
  [[nodiscard]] static std::uint64_t little_endian(const std::uint8_t* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = std::byteswap(word);
    return word;
  }
  template <int kCount>
  void rounds() {
    for (int i = 0; i < kCount; ++i) {
      v0_ += v1_;
      v1_ = std::rotl(v1_, 13) ^ v0_;
      v0_ = std::rotl(v0_, 32);
      v2_ += v3_;
      v3_ = std::rotl(v3_, 16) ^ v2_;
      v0_ += v3_;
      v3_ = std::rotl(v3_, 21) ^ v0_;
      v2_ += v1_;
      v1_ = std::rotl(v1_, 17) ^ v2_;
      v2_ = std::rotl(v2_, 32);
    }
  }

  std::uint64_t v0_;
  std::uint64_t v1_;
  std::uint64_t v2_;
  std::uint64_t v3_;
};

[[nodiscard]] inline std::uint64_t keyed_hash(const HashKey& key, std::uint64_t word, wire::BytesView bytes) {
  SipHash<1, 3> hash(key);
  hash.add(word);
  return hash.finish(bytes, sizeof word + bytes.size());
}

}  // namespace shirube::cache
