// The root key trust anchor sentinel: names by whose answers anybody can tell which root keys a resolver
// trusts.
// Threads:  pure.
// Source:   RFC 8509 §2 (the labels), §3.1 (when), §3.2 (what).
#pragma once

#include "dnssec/settings.hpp"
#include "wire/message.hpp"

namespace shirube::dnssec {

// True: the answer has to be SERVFAIL, for the question's first label asks whether a key is trusted that is
// not
// ("root-key-sentinel-is-ta-20326"), or is not trusted that is ("root-key-sentinel-not-ta-20326").
// REQUIRES: the answer is secure, and the client did not set CD.
[[nodiscard]] bool sentinel_fails(const wire::Question& question, const TrustSettings& trust);

}  // namespace shirube::dnssec
