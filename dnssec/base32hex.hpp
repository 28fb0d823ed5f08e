// The first label of an NSEC3 owner: a hash in "Base 32 Encoding with Extended Hex Alphabet", unpadded.
// Threads:  pure.
// Errors:   nullopt for what is not exactly one hash.
// Source:   RFC 4648 §7, RFC 5155 §1.3, §3.3.
#pragma once

#include <optional>
#include <string>

#include "dnssec/digest.hpp"
#include "wire/bytes.hpp"

namespace shirube::dnssec {

// Either case.
[[nodiscard]] std::optional<Nsec3Hash> hash_of_label(wire::BytesView label);
[[nodiscard]] std::string label_of_hash(const Nsec3Hash& hash);

}  // namespace shirube::dnssec
