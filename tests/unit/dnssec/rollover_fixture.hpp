// A zone "." whose keys come and go, seen day by day.
#pragma once

#include <initializer_list>
#include <vector>

#include "dnssec/key_rollover.hpp"
#include "dnssec/records.hpp"

namespace shirube::dnssec {

inline constexpr std::int64_t kDay = 86'400;
inline constexpr std::int64_t kStart = 1'795'305'600;

// RDATA of a made-up key: flags, protocol 3, algorithm 13, one letter.
[[nodiscard]] inline wire::Bytes dnskey(char letter, std::uint16_t flags = 257) {
  return {static_cast<std::uint8_t>(flags >> 8),
          static_cast<std::uint8_t>(flags),
          3,
          13,
          static_cast<std::uint8_t>(letter),
          7};
}
[[nodiscard]] inline wire::Bytes revoked(char letter) { return dnskey(letter, 257 | 0x80); }

class RollingZone {
 public:
  explicit RollingZone(std::initializer_list<char> trusted) : rollover_(wire::Name()) {
    TrustAnchor anchor;
    for (const char letter : trusted) anchor.dnskeys.add(dnskey(letter));
    rollover_.trust(anchor, kStart);
  }
  explicit RollingZone(const TrustAnchor& anchor) : rollover_(wire::Name()) {
    rollover_.trust(anchor, kStart);
  }

  // Sees these RDATAs so many days after the start; those with the REVOKE flag have signed, unless not.
  std::vector<KeyChange> see(double days, std::initializer_list<wire::Bytes> keys, bool self_signed = true) {
    wire::RRset rrset{.owner = {}, .type = wire::Type::DNSKEY, .ttl = 60};
    KeySighting sighting{.dnskeys = &rrset,
                         .original_ttl = original_ttl,
                         .now = kStart + static_cast<std::int64_t>(days * kDay)};
    for (const auto& key : keys) {
      rrset.rdatas.add(key);
      if (self_signed && (key[1] & 0x80) != 0) sighting.self_revoked.add(key);
    }
    auto changes = rollover_.observe(sighting);
    refused = !changes;
    return changes.value_or(std::vector<KeyChange>{});
  }

  // nullopt: not followed.
  [[nodiscard]] std::optional<KeyState> state(char letter) const {
    for (const FollowedKey& key : rollover_.keys()) {
      if (key.rdata == dnskey(letter)) return key.state;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool trusts(char letter) const { return rollover_.anchor().dnskeys.contains(dnskey(letter)); }
  [[nodiscard]] const KeyRollover& rollover() const { return rollover_; }

  std::uint32_t original_ttl = 172'800;
  bool refused = false;  // the last sighting was

 private:
  KeyRollover rollover_;
};

}  // namespace shirube::dnssec
