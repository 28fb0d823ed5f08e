#include "wire/endpoint.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace shirube::wire {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::uint8_t kMappedBits = 96;

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct HostAndPort {
  std::string_view host;
  std::optional<std::string_view> port;
};

// A bare IPv6 address has two colons or more; one colon parts an IPv4 address from its port.
std::optional<HostAndPort> split(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view host = text.substr(1, close - 1);
    const std::string_view rest = text.substr(close + 1);
    if (!host.contains(':')) return std::nullopt;
    if (rest.empty()) return HostAndPort{host, {}};
    if (!rest.starts_with(':')) return std::nullopt;
    return HostAndPort{host, rest.substr(1)};
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) {
    return HostAndPort{text, {}};
  }
  return HostAndPort{text.substr(0, colon), text.substr(colon + 1)};
}

void clear_bits_behind(Address& address, std::size_t length) {
  for (std::size_t i = 0; i < address.bytes.size(); ++i) {
    const std::size_t kept = std::clamp<std::size_t>(length, 8 * i, 8 * i + 8) - 8 * i;
    address.bytes[i] &= static_cast<std::uint8_t>(0xff00U >> kept);
  }
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.contains('\0')) return std::nullopt;
  std::ranges::copy(text, terminated.begin());

  Address address;
  address.family = text.contains(':') ? Family::V6 : Family::V4;
  const int family = address.family == Family::V6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, terminated.data(), address.bytes.data()) != 1) return std::nullopt;
  return address;
}

Address Address::v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  return {.family = Family::V4, .bytes = {a, b, c, d}};
}

Address Address::unmapped() const {
  if (family != Family::V6 || !std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()))
    return *this;
  return v4(bytes[12], bytes[13], bytes[14], bytes[15]);
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(family == Family::V6 ? AF_INET6 : AF_INET, bytes.data(), buffer.data(), buffer.size());
  return buffer.data();
}

std::optional<Endpoint> Endpoint::parse(std::string_view text, std::optional<std::uint16_t> default_port) {
  const auto parts = split(text);
  if (!parts) return std::nullopt;
  const auto address = Address::parse(parts->host);
  const auto port = parts->port ? parse_number<std::uint16_t>(*parts->port) : default_port;
  if (!address || !port) return std::nullopt;
  return Endpoint{*address, *port};
}

std::string Endpoint::text() const {
  const std::string host = address.text();
  return address.family == Family::V6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

bool may_end_in_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || text.starts_with('[')) return false;
  const auto host = text.substr(0, colon);
  return host.contains(':') && Address::parse(host) && parse_number<std::uint16_t>(text.substr(colon + 1));
}

std::size_t EndpointHash::operator()(const Endpoint& endpoint) const {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, endpoint.address.bytes.data(), sizeof high);
  std::memcpy(&low, endpoint.address.bytes.data() + sizeof high, sizeof low);
  std::uint64_t hash = (high ^ endpoint.port) * kOdd;
  hash = ((hash ^ (hash >> 32)) + low) * kOdd;
  return hash ^ (hash >> 32);
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = Address::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const std::size_t whole = 8 * address->size();
  Prefix prefix{*address, static_cast<std::uint8_t>(whole)};
  if (slash == std::string_view::npos) return prefix;
  const auto length = parse_number<std::uint8_t>(text.substr(slash + 1));
  if (!length || *length > whole) return std::nullopt;
  prefix.length = *length;
  clear_bits_behind(prefix.network, prefix.length);
  const Address plain = prefix.network.unmapped();
  if (plain.family == prefix.network.family || prefix.length < kMappedBits) return prefix;
  return Prefix{plain, static_cast<std::uint8_t>(prefix.length - kMappedBits)};
}

bool Prefix::contains(const Address& address) const {
  const Address candidate = address.unmapped();
  if (candidate.family != network.family) return false;
  const std::size_t whole = length / 8;
  if (std::memcmp(candidate.bytes.data(), network.bytes.data(), whole) != 0) return false;
  const unsigned rest = length % 8;
  if (rest == 0) return true;
  return ((candidate.bytes[whole] ^ network.bytes[whole]) & (0xff00U >> rest) & 0xffU) == 0;
}

std::string Prefix::text() const { return fmt::format("{}/{}", network.text(), length); }

}  // namespace shirube::wire
