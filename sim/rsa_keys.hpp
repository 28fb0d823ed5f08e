// RSA keys to sign simulated zones with: to make some afresh would take seconds, and give other key tags in
// each run.
// Threads:  constants.
// Rules:    made for this file; anybody can read them, and they protect nothing.
#pragma once

#include <string_view>

#include "sim/signing_keys.hpp"

namespace shirube::sim {

// The fields of BIND's file format, version 1.2, from Modulus on.
[[nodiscard]] std::string_view rsa_key_text(const KeyChoice& choice);

}  // namespace shirube::sim
