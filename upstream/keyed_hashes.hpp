// KeyedHash: hashes of what attackers choose: names, and addresses out of the DNS. Without the key nobody can
// aim many of them at one bucket of a table.
// Threads:  values.
// Rules:    names without case, as they compare.
#pragma once

#include <algorithm>
#include <array>

#include "cache/keyed_hash.hpp"
#include "upstream/network.hpp"
#include "wire/ascii_case.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"

namespace shirube::upstream {

class KeyedHash {
 public:
  KeyedHash() = default;  // for tables whose keys nobody chooses
  explicit KeyedHash(Network& network) {
    std::array<std::uint8_t, sizeof(std::uint64_t)> seed{};
    network.fill_random(seed);
    key_ = cache::HashKey::from_seed(std::bit_cast<std::uint64_t>(seed));
  }

  // `salt`: what else makes the key, as a number.
  [[nodiscard]] std::size_t operator()(const wire::Name& name, std::uint64_t salt = 0) const {
    std::array<std::uint8_t, wire::kMaxNameLength> lowered;
    const auto bytes = name.wire();
    wire::copy_lowered(bytes, lowered.data());
    return cache::keyed_hash(key_, salt, {lowered.data(), bytes.size()});
  }
  [[nodiscard]] std::size_t operator()(const wire::Endpoint& server) const {
    return cache::keyed_hash(key_, server.port, {server.address.bytes.data(), server.address.size()});
  }
  [[nodiscard]] std::size_t operator()(const wire::Name& name, const wire::Endpoint& server) const {
    std::array<std::uint8_t, wire::kMaxNameLength + sizeof server.address.bytes> both;
    const auto bytes = name.wire();
    wire::copy_lowered(bytes, both.data());
    const wire::BytesView address{server.address.bytes.data(), server.address.size()};
    std::ranges::copy(address, &both[bytes.size()]);
    return cache::keyed_hash(key_, server.port, {both.data(), bytes.size() + address.size()});
  }

 private:
  cache::HashKey key_;
};

}  // namespace shirube::upstream
