// The RDATA of DNSSEC's record types, read in place.
// Threads:  pure; the structs borrow the RDATA they were read from, names are copies.
// Errors:   nullopt when the RDATA does not hold what its type needs.
// Source:   RFC 4034 §2-§5, RFC 5155 §3, RFC 5011 §2.1 (REVOKE).
#pragma once

#include <cstdint>
#include <optional>

#include "dnssec/algorithms.hpp"
#include "wire/bytes.hpp"
#include "wire/name.hpp"
#include "wire/types.hpp"

namespace shirube::dnssec {

struct Rrsig {
  wire::Type covered{};
  Algorithm algorithm{};
  std::uint8_t labels = 0;  // of the owner, without root and wildcard
  std::uint32_t original_ttl = 0;
  std::uint32_t expiration = 0;  // seconds since 1970 modulo 2^32, to be compared by serial arithmetic
  std::uint32_t inception = 0;
  std::uint16_t key_tag = 0;
  wire::Name signer = {};
  wire::BytesView fields = {};  // all of the RDATA in front of the signer's name
  wire::BytesView signature = {};
};
[[nodiscard]] std::optional<Rrsig> read_rrsig(wire::BytesView rdata);

struct Dnskey {
  std::uint16_t flags = 0;
  std::uint8_t protocol = 0;
  Algorithm algorithm{};
  wire::BytesView public_key = {};
  [[nodiscard]] bool is_zone_key() const { return (flags & 0x0100U) != 0 && protocol == 3; }
  [[nodiscard]] bool is_revoked() const { return (flags & 0x0080U) != 0; }
  [[nodiscard]] bool is_secure_entry_point() const { return (flags & 0x0001U) != 0; }
};
[[nodiscard]] std::optional<Dnskey> read_dnskey(wire::BytesView rdata);
// RFC 4034 Appendix B, over the whole RDATA of a DNSKEY. (Not B.1, for algorithm 1: nobody verifies that.)
[[nodiscard]] std::uint16_t key_tag(wire::BytesView dnskey_rdata);

struct Ds {
  std::uint16_t key_tag = 0;
  Algorithm algorithm{};
  DigestType digest_type{};
  wire::BytesView digest = {};
};
[[nodiscard]] std::optional<Ds> read_ds(wire::BytesView rdata);

// RFC 4034 §4.1.2. The view may hold anything: what does not parse has no types.
class TypeBitmap {
 public:
  TypeBitmap() = default;
  explicit TypeBitmap(wire::BytesView windows) : windows_(windows) {}
  [[nodiscard]] bool has(wire::Type type) const;

 private:
  wire::BytesView windows_;
};

struct Nsec {
  wire::Name next = {};
  TypeBitmap types = {};
};
[[nodiscard]] std::optional<Nsec> read_nsec(wire::BytesView rdata);

struct Nsec3 {
  std::uint8_t hash_algorithm = 0;
  bool opt_out = false;
  std::uint16_t iterations = 0;
  wire::BytesView salt = {};
  wire::BytesView next_hash = {};
  TypeBitmap types = {};
};
[[nodiscard]] std::optional<Nsec3> read_nsec3(wire::BytesView rdata);

// a is before b on the circle of serial numbers (RFC 1982).
[[nodiscard]] constexpr bool serial_before(std::uint32_t a, std::uint32_t b) {
  return a != b && b - a < 0x8000'0000U;
}

}  // namespace shirube::dnssec
