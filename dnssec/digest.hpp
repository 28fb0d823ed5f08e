// Digests of DS and NSEC3.
// Threads:  any; each thread keeps its own OpenSSL context.
// Source:   RFC 4509 (SHA-256), RFC 6605 §2 (SHA-384), RFC 5155 §5 (NSEC3's iterated SHA-1).
#pragma once

#include <array>
#include <cstdint>

#include "dnssec/algorithms.hpp"
#include "wire/bytes.hpp"
#include "wire/name.hpp"

namespace shirube::dnssec {

// Is `digest` that of this key of `zone` (RFC 4034 §5.1.4: lowered owner, then DNSKEY RDATA)? False for
// digest types that are not supported.
[[nodiscard]] bool is_digest_of(DigestType type, wire::BytesView digest, const wire::Name& zone,
                                wire::BytesView dnskey_rdata);

// The digest itself, for tests and tools; empty for a type that is not supported.
[[nodiscard]] wire::Bytes ds_digest(DigestType type, const wire::Name& zone, wire::BytesView dnskey_rdata);

using Nsec3Hash = std::array<std::uint8_t, 20>;
// `iterations` more rounds after the first. The name is lowered here.
[[nodiscard]] Nsec3Hash nsec3_hash(const wire::Name& name, wire::BytesView salt, std::uint16_t iterations);
// Nominal microseconds of one such hash on a slow core (for Effort).
[[nodiscard]] unsigned nsec3_hash_cost(std::uint16_t iterations);

}  // namespace shirube::dnssec
