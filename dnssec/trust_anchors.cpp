#include "dnssec/trust_anchors.hpp"

#include <algorithm>
#include <array>

#include "dnssec/records.hpp"
#include "wire/bytes.hpp"

namespace shirube::dnssec {

namespace {

// RDATA of a DS: key tag, algorithm 8 (RSA/SHA-256), digest type 2 (SHA-256), digest.
using RootDs = std::array<std::uint8_t, 36>;

constexpr RootDs kKey20326{0x4f, 0x66, 8,    2,    0xe0, 0x6d, 0x44, 0xb8, 0x0b, 0x8f, 0x1d, 0x39,
                           0xa9, 0x5c, 0x0b, 0x0d, 0x7c, 0x65, 0xd0, 0x84, 0x58, 0xe8, 0x80, 0x40,
                           0x9b, 0xbc, 0x68, 0x34, 0x57, 0x10, 0x42, 0x37, 0xc7, 0xf8, 0xec, 0x8d};
constexpr RootDs kKey38696{0x97, 0x28, 8,    2,    0x68, 0x3d, 0x2d, 0x0a, 0xcb, 0x8c, 0x9b, 0x71,
                           0x2a, 0x19, 0x48, 0xb2, 0x7f, 0x74, 0x12, 0x19, 0x29, 0x8d, 0x0a, 0x45,
                           0x0d, 0x61, 0x2c, 0x48, 0x3a, 0xf4, 0x44, 0xa4, 0xc0, 0xfb, 0x2b, 0x16};

void add_all(wire::RdataList& list, const wire::RdataList& more) {
  for (const wire::BytesView rdata : more) list.add_unless_present(rdata);
}

// Zero: any, for the digest is not known here.
std::size_t digest_size(DigestType type) {
  switch (type) {
    case DigestType::Sha1:
      return 20;
    case DigestType::Sha256:
      return 32;
    case DigestType::Sha384:
      return 48;
  }
  return 0;
}

std::optional<std::string_view> why_no_anchor(const Ds& ds) {
  const std::size_t size = digest_size(ds.digest_type);
  if (ds.digest.empty() || (size != 0 && ds.digest.size() != size)) return "the digest is cut or too long";
  return std::nullopt;
}

std::optional<std::string_view> why_no_anchor(const Dnskey& key) {
  if (!key.is_zone_key()) return "the key is not for signing zones: flags 257 or 256 and protocol 3 are";
  if (key.is_revoked()) return "the key is revoked";
  if (key.public_key.empty()) return "the key is empty";
  return std::nullopt;
}

constexpr std::string_view kIncomplete = "the record is incomplete";

}  // namespace

std::optional<std::string_view> why_no_anchor(wire::Type type, wire::BytesView rdata) {
  if (type == wire::Type::DS) {
    const auto ds = read_ds(rdata);
    return ds ? why_no_anchor(*ds) : kIncomplete;
  }
  const auto key = read_dnskey(rdata);
  return key ? why_no_anchor(*key) : kIncomplete;
}

void TrustAnchors::add(const TrustAnchor& anchor) {
  auto known = std::ranges::find(anchors_, anchor.zone, &TrustAnchor::zone);
  if (known == anchors_.end()) known = anchors_.insert(known, TrustAnchor{.zone = anchor.zone});
  add_all(known->ds, anchor.ds);
  add_all(known->dnskeys, anchor.dnskeys);
}

void TrustAnchors::replace(const TrustAnchor& anchor) {
  std::erase_if(anchors_, [&](const TrustAnchor& known) { return known.zone == anchor.zone; });
  add(anchor);
}

const TrustAnchor* TrustAnchors::closest(const wire::Name& name) const {
  const TrustAnchor* closest = nullptr;
  for (const TrustAnchor& anchor : anchors_) {
    if (!name.is_within(anchor.zone)) continue;
    if (closest == nullptr || anchor.zone.size() > closest->zone.size()) closest = &anchor;
  }
  return closest;
}

TrustAnchor built_in_root_anchor() {
  TrustAnchor root;
  root.ds.add(kKey20326);
  root.ds.add(kKey38696);
  return root;
}

}  // namespace shirube::dnssec
