// KeyRollover: the keys of one trust point over years: new ones are believed after thirty days, revoked ones
// never again.
// Threads:  one owner.
// Owns:     its keys.
// Units:    seconds since 1970.
// Errors:   values: observe() refuses a step that would leave no trusted key.
// Source:   RFC 5011 §2-§4: its states, events and timers.
// Rules:    a key is identified by its RDATA without the REVOKE flag. Two keys can share a key tag, and an
//           attacker can make such keys on purpose, so tags serve for log lines only.
//           A DNSKEY RRset counts as a sighting only if a trusted key has signed it (vouches_for()). A
//           signature by a zone-signing key is not enough: a stolen one could introduce new anchors.
//           At least one trusted key is always left. RFC 5011 §5 would take a zone that revoked all of its
//           keys as unsigned, and then one stolen key could switch validation off for the whole tree.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "dnssec/effort.hpp"
#include "dnssec/trust_anchors.hpp"
#include "wire/time.hpp"

namespace shirube::dnssec {

inline constexpr wire::Seconds kAddHoldDown = std::chrono::days{30};
inline constexpr wire::Seconds kRemoveHoldDown = std::chrono::days{30};
// Whoever has taken a zone over could publish new keys for ever: what is over this is not followed.
inline constexpr std::size_t kMaxFollowedKeys = 16;

// RFC 5011 §4.2; who is in its state "Start" is not followed.
enum class KeyState : std::uint8_t {
  Pending,  // AddPend: seen, and not trusted yet
  Valid,
  Missing,  // still trusted, though the zone does not publish it
  Revoked,
  Removed,  // revoked, and gone for thirty days: kept so that it never comes back
};
[[nodiscard]] std::string_view to_text(KeyState state);
[[nodiscard]] std::optional<KeyState> parse_key_state(std::string_view text);
[[nodiscard]] constexpr bool is_trusted(KeyState state) {
  return state == KeyState::Valid || state == KeyState::Missing;
}

struct FollowedKey {
  wire::Type type = wire::Type::DNSKEY;  // DS: the key itself has not been seen yet
  wire::Bytes rdata = {};                // of a DNSKEY without its REVOKE flag
  KeyState state = KeyState::Valid;
  std::int64_t since = 0;       // it has been in this state
  std::int64_t hold_until = 0;  // Pending: not trusted before; Revoked: not removed before
  friend bool operator==(const FollowedKey&, const FollowedKey&) = default;
};
[[nodiscard]] std::uint16_t tag_of(const FollowedKey& key);

// nullopt is RFC 5011's "Start".
struct KeyChange {
  std::uint16_t tag = 0;
  std::optional<KeyState> from = {};
  std::optional<KeyState> to = {};
  friend bool operator==(const KeyChange&, const KeyChange&) = default;
};

// Whether the change adds a key to the trusted ones, or takes one away.
[[nodiscard]] bool changes_trust(const KeyChange& change);

// One observation of the zone's keys. REQUIRES: vouches_for(*dnskeys).
struct KeySighting {
  const wire::RRset* dnskeys = nullptr;  // borrowed
  wire::RdataList self_revoked = {};     // keys with the REVOKE flag that have signed the RRset
  std::uint32_t original_ttl = 0;
  std::int64_t now = 0;
};

enum class StepRefused : std::uint8_t { LeavesNoTrustedKey };

class KeyRollover {
 public:
  explicit KeyRollover(wire::Name zone, std::vector<FollowedKey> keys = {})
      : zone_(std::move(zone)), keys_(std::move(keys)) {}

  // Trusts what the anchor holds, unless it was revoked or is gone: a new release may know more than what was
  // seen, and no key that it knows has to wait.
  void trust(const TrustAnchor& anchor, std::int64_t now);
  // Has a trusted key signed this DNSKEY RRset? SHA-1 signatures do not count.
  [[nodiscard]] bool vouches_for(const wire::RRset& dnskeys, std::uint32_t now, Effort& effort) const;
  // The changes in the order of keys(). A refused step changes nothing.
  [[nodiscard]] std::expected<std::vector<KeyChange>, StepRefused> observe(const KeySighting& sighting);

  [[nodiscard]] const wire::Name& zone() const { return zone_; }
  [[nodiscard]] const std::vector<FollowedKey>& keys() const { return keys_; }
  // All that is trusted now.
  [[nodiscard]] TrustAnchor anchor() const;

 private:
  // `dnskey` without its REVOKE flag.
  [[nodiscard]] bool is_same(const FollowedKey& key, wire::BytesView dnskey) const;
  // Its state after the sighting; nullopt: it is no longer followed.
  [[nodiscard]] std::optional<KeyState> step(FollowedKey& key, const KeySighting& sighting) const;
  void follow_new(const KeySighting& sighting, std::vector<KeyChange>& changes);
  [[nodiscard]] bool trusts_any() const;

  wire::Name zone_;
  std::vector<FollowedKey> keys_;
};

// The keys of the RRset that bear the REVOKE flag and have signed it: only the owner of a key can revoke it
// (RFC 5011 §2.1). A key that `effort` has no room for is not revoked this time.
[[nodiscard]] wire::RdataList self_revoked_keys(const wire::RRset& dnskeys, std::uint32_t now,
                                                Effort& effort);

// When to look again (RFC 5011 §2.3). `signature_left`: until the first signature over the keys expires.
struct RefreshTimes {
  wire::Seconds after_success;
  wire::Seconds after_failure;
};
[[nodiscard]] RefreshTimes refresh_times(wire::Seconds original_ttl, wire::Seconds signature_left);

}  // namespace shirube::dnssec
