#include "dnssec/sentinel.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "dnssec/records.hpp"

namespace shirube::dnssec {
namespace {

constexpr std::string_view kIsAnchor = "root-key-sentinel-is-ta-";
constexpr std::string_view kIsNoAnchor = "root-key-sentinel-not-ta-";
constexpr std::size_t kTagDigits = 5;  // with zeros in front

bool starts_with(wire::BytesView label, std::string_view prefix) {
  return label.size() >= prefix.size() &&
         std::ranges::equal(label.first(prefix.size()), prefix, [](std::uint8_t octet, char c) {
           return wire::lower(octet) == static_cast<std::uint8_t>(c);
         });
}

std::optional<std::uint16_t> read_tag(wire::BytesView digits) {
  const auto is_digit = [](std::uint8_t octet) { return octet >= '0' && octet <= '9'; };
  if (digits.size() != kTagDigits || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  unsigned tag = 0;
  for (const std::uint8_t digit : digits) tag = tag * 10 + (digit - unsigned{'0'});
  if (tag > 0xFFFF) return std::nullopt;
  return static_cast<std::uint16_t>(tag);
}

bool trusts_root_key(const TrustSettings& trust, std::uint16_t tag) {
  const TrustAnchor* root = trust.anchors.closest(wire::Name());
  if (root == nullptr) return false;
  return std::ranges::any_of(root->ds,
                             [&](wire::BytesView rdata) {
                               const auto ds = read_ds(rdata);
                               return ds && ds->key_tag == tag;
                             }) ||
         std::ranges::any_of(root->dnskeys, [&](wire::BytesView rdata) { return key_tag(rdata) == tag; });
}

}  // namespace

bool sentinel_fails(const wire::Question& question, const TrustSettings& trust) {
  if (question.klass != wire::Class::IN) return false;
  if (question.type != wire::Type::A && question.type != wire::Type::AAAA) return false;
  const wire::BytesView label = question.name.first_label();
  for (const std::string_view prefix : {kIsAnchor, kIsNoAnchor}) {
    if (!starts_with(label, prefix)) continue;
    const auto tag = read_tag(label.subspan(prefix.size()));
    if (!tag) return false;
    return trusts_root_key(trust, *tag) == (prefix == kIsNoAnchor);
  }
  return false;
}

}  // namespace shirube::dnssec
