#include "dnssec/base32hex.hpp"

#include <string_view>

namespace shirube::dnssec {
namespace {

constexpr std::size_t kBitsPerDigit = 5;
constexpr std::size_t kLabelSize = sizeof(Nsec3Hash) * 8 / kBitsPerDigit;
constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuv";

std::optional<unsigned> digit_value(std::uint8_t octet) {
  if (octet >= '0' && octet <= '9') return octet - unsigned{'0'};
  const unsigned letter = octet | 0x20U;
  if (letter >= 'a' && letter <= 'v') return letter - 'a' + 10;
  return std::nullopt;
}

}  // namespace

std::optional<Nsec3Hash> hash_of_label(wire::BytesView label) {
  if (label.size() != kLabelSize) return std::nullopt;
  Nsec3Hash hash;
  std::size_t filled = 0;
  unsigned bits = 0;
  std::size_t pending = 0;
  for (const std::uint8_t octet : label) {
    const auto value = digit_value(octet);
    if (!value) return std::nullopt;
    bits = (bits << kBitsPerDigit) | *value;
    pending += kBitsPerDigit;
    if (pending < 8) continue;
    pending -= 8;
    hash[filled++] = static_cast<std::uint8_t>(bits >> pending);
  }
  return hash;
}

std::string label_of_hash(const Nsec3Hash& hash) {
  std::string label;
  label.reserve(kLabelSize);
  unsigned bits = 0;
  std::size_t pending = 0;
  for (const std::uint8_t octet : hash) {
    bits = (bits << 8) | octet;
    for (pending += 8; pending >= kBitsPerDigit;) {
      pending -= kBitsPerDigit;
      label += kDigits[(bits >> pending) & 0x1f];
    }
  }
  return label;
}

}  // namespace shirube::dnssec
