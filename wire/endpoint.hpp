// IP addresses, endpoints and prefixes as plain values; no sockets.
// Threads:  values.
// Errors:   parse functions return nullopt for text that is not what they parse.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::wire {

inline constexpr std::uint16_t kDnsPort = 53;

enum class Family : std::uint8_t { V4, V6 };

// 4 (V4) or 16 (V6) bytes in network order at the front of `bytes`; the rest is zero.
struct Address {
  Family family = Family::V4;
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] static std::optional<Address> parse(std::string_view text);  // "192.0.2.1", "2001:db8::1"
  [[nodiscard]] static Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d);
  [[nodiscard]] std::size_t size() const { return family == Family::V4 ? 4 : 16; }
  // ::ffff:a.b.c.d as its IPv4 address; others unchanged.
  [[nodiscard]] Address unmapped() const;
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Address&, const Address&) = default;
  friend auto operator<=>(const Address&, const Address&) = default;
};

struct Endpoint {
  Address address;
  std::uint16_t port = 0;

  // "192.0.2.1:53", "[::1]:53"; without a port only if default_port is given: "192.0.2.1", "::1", "[::1]".
  [[nodiscard]] static std::optional<Endpoint> parse(std::string_view text,
                                                     std::optional<std::uint16_t> default_port = {});
  [[nodiscard]] std::string text() const;  // "192.0.2.1:53", "[::1]:53"
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

// Does a bare IPv6 address end in digits that may be meant as a port ("::1:53")? Brackets make it clear: 53
// is a port in "[::1]:53", and part of the address in "[::1:53]".
[[nodiscard]] bool may_end_in_port(std::string_view text);

struct EndpointHash {
  [[nodiscard]] std::size_t operator()(const Endpoint& endpoint) const;
};

// "10.0.0.0/8", "::1/128"; a bare address is a full-length prefix. Bits below the length are taken as zero,
// and a prefix of IPv4-mapped addresses as the IPv4 prefix it is.
struct Prefix {
  Address network;
  std::uint8_t length = 0;

  [[nodiscard]] static std::optional<Prefix> parse(std::string_view text);
  // False for an address of the other family. An IPv4-mapped IPv6 address counts as IPv4.
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Prefix&, const Prefix&) = default;
};

}  // namespace shirube::wire
