// KeyRollover: the keys of one trust point over years: new ones are believed after thirty days, revoked ones
// never again.
// Threads:  one owner.
// Owns:     its keys.
// Units:    seconds since 1970.
// Source:   RFC 5011 §2-§4: its states, events and timers.
// Rules:    only a DNSKEY RRset that the present anchors vouch for is looked at. So at least one of them is always
//           left: RFC 5011 §5 would have a zone that revoked all of its keys taken as unsigned, which would
//           let one stolen key switch validation off for the whole tree.
#pragma once

#include <cstdint>
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

// One validated sight of the zone's keys.
struct KeySighting {
  const wire::RRset* dnskeys = nullptr;  // borrowed
  std::vector<std::uint16_t> self_revoked =
      {};  // tags of keys with the REVOKE flag that have signed the RRset
  std::uint32_t original_ttl = 0;
  std::int64_t now = 0;
};

class KeyRollover {
 public:
  explicit KeyRollover(wire::Name zone, std::vector<FollowedKey> keys = {})
      : zone_(std::move(zone)), keys_(std::move(keys)) {}

  // Trusts what the anchor holds, unless it was revoked or is gone: a new release may know more than what was
  // seen, and no key that it knows has to wait.
  void trust(const TrustAnchor& anchor, std::int64_t now);
  // What has changed, in the order of keys().
  std::vector<KeyChange> observe(const KeySighting& sighting);

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

  wire::Name zone_;
  std::vector<FollowedKey> keys_;
};

// The tags of keys in the RRset that bear the REVOKE flag and have signed it: nobody but the owner of a key
// revokes it (RFC 5011 §2.1). What `effort` has no room for is not revoked this time.
[[nodiscard]] std::vector<std::uint16_t> self_revoked_keys(const wire::RRset& dnskeys, std::uint32_t now,
                                                           Effort& effort);

// When to look again (RFC 5011 §2.3). `signature_left`: until the first signature over the keys expires.
struct RefreshTimes {
  wire::Seconds after_success;
  wire::Seconds after_failure;
};
[[nodiscard]] RefreshTimes refresh_times(wire::Seconds original_ttl, wire::Seconds signature_left);

}  // namespace shirube::dnssec
