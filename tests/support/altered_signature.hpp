// The address of www.example.test. in a SignedTree, with signatures that somebody has changed.
#pragma once

#include <functional>

#include "tests/support/signed_world.hpp"

namespace shirube::test {

// Where the fields of an RRSIG's RDATA begin (RFC 4034 §3.1).
namespace rrsig {
inline constexpr std::size_t kTypeCovered = 0;
inline constexpr std::size_t kAlgorithm = 2;
inline constexpr std::size_t kLabels = 3;
inline constexpr std::size_t kTtl = 4;
inline constexpr std::size_t kExpiration = 8;
inline constexpr std::size_t kInception = 12;
inline constexpr std::size_t kTag = 16;
inline constexpr std::size_t kSigner = 18;
}  // namespace rrsig

// Checks that no client gets the address when each of its signatures is what `change` makes of it, that what
// stands beside it is as secure as before, and that this costs no more than any question may.
void check_vouches_for_nothing(const std::function<void(wire::Bytes& signature)>& change);

}  // namespace shirube::test
