// TrustAnchors: what trust begins at, and the zones that are taken as unsigned whatever their parents say.
// Threads:  a value; immutable once it is in settings.
// Units:    expiry in seconds since 1970.
// Source:   RFC 4035 §4.4 (the anchor nearest above a name), RFC 7646 (negative trust anchors), RFC 9718 and
//           IANA's root-anchors.xml (the built-in root keys).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dnssec/algorithms.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec {

// DS or DNSKEY of a zone, or both; RDATA each. A parent's validated DS RRset has the same form.
struct TrustAnchor {
  wire::Name zone = {};
  wire::RdataList ds = {};
  wire::RdataList dnskeys = {};
  friend bool operator==(const TrustAnchor&, const TrustAnchor&) = default;
};

struct NegativeTrustAnchor {
  wire::Name zone = {};
  std::optional<std::int64_t> expires = {};  // seconds since 1970; nullopt: never
  friend bool operator==(const NegativeTrustAnchor&, const NegativeTrustAnchor&) = default;
};

class TrustAnchors {
 public:
  // Records of one zone from several sources are one anchor.
  void add(const TrustAnchor& anchor);
  // What was known of its zone is void.
  void replace(const TrustAnchor& anchor);
  // The one with the longest zone that holds `name`; nullptr when none does.
  [[nodiscard]] const TrustAnchor* closest(const wire::Name& name) const;
  [[nodiscard]] bool empty() const { return anchors_.empty(); }
  [[nodiscard]] const std::vector<TrustAnchor>& all() const { return anchors_; }
  friend bool operator==(const TrustAnchors&, const TrustAnchors&) = default;

 private:
  std::vector<TrustAnchor> anchors_;
};

// Why a record cannot be a trust anchor: an RDATA, a digest's length or a key's flags are wrong. nullopt: it
// can.
// REQUIRES: type is DS or DNSKEY.
[[nodiscard]] std::optional<std::string_view> why_no_anchor(wire::Type type, wire::BytesView rdata);

// DS of the root's key-signing keys 20326 and 38696, as IANA publishes them.
[[nodiscard]] TrustAnchor built_in_root_anchor();

}  // namespace shirube::dnssec
