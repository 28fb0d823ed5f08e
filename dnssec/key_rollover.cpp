#include "dnssec/key_rollover.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "dnssec/canonical.hpp"
#include "dnssec/digest.hpp"
#include "dnssec/key_set_check.hpp"
#include "dnssec/records.hpp"
#include "dnssec/signature.hpp"

namespace shirube::dnssec {
namespace {

using std::chrono_literals::operator""h;

constexpr std::array kStates{std::pair{KeyState::Pending, std::string_view{"pending"}},
                             std::pair{KeyState::Valid, std::string_view{"valid"}},
                             std::pair{KeyState::Missing, std::string_view{"missing"}},
                             std::pair{KeyState::Revoked, std::string_view{"revoked"}},
                             std::pair{KeyState::Removed, std::string_view{"removed"}}};

constexpr std::size_t kFlagsSize = 2;
constexpr std::uint8_t kRevokeBit = 0x80;  // of the second octet of the flags

wire::Bytes without_revoke(wire::BytesView dnskey) {
  wire::Bytes plain(dnskey.begin(), dnskey.end());
  plain[1] = static_cast<std::uint8_t>(plain[1] & ~kRevokeBit);
  return plain;
}

// How a key stands in a sighting, in the order of what counts more.
enum class Seen : std::uint8_t { Absent, Present, Revoked };

Seen seen_as(wire::BytesView dnskey, const KeySighting& sighting) {
  const auto key = read_dnskey(dnskey);
  if (!key || !key->is_zone_key()) return Seen::Absent;
  if (!key->is_revoked()) return Seen::Present;
  return sighting.self_revoked.contains(dnskey) ? Seen::Revoked : Seen::Absent;
}

// The table of RFC 5011 §4.1, but for its timers; nullopt: Start.
std::optional<KeyState> next_state(KeyState state, Seen seen) {
  switch (state) {
    case KeyState::Pending:
      return seen == Seen::Present ? std::optional(state) : std::nullopt;
    case KeyState::Valid:
    case KeyState::Missing:
      if (seen == Seen::Revoked) return KeyState::Revoked;
      return seen == Seen::Present ? KeyState::Valid : KeyState::Missing;
    case KeyState::Revoked:
    case KeyState::Removed:
      break;
  }
  return state;
}

// "30 days or the expiration time of the original TTL of the first trust point DNSKEY RRSet that contained
// the new key, whichever is greater" (§2.4.1); the remove hold-down counts from the last sight of a revoked
// key.
void begin_hold(FollowedKey& key, const KeySighting& sighting) {
  const auto add = std::max(kAddHoldDown, wire::Seconds{sighting.original_ttl});
  key.hold_until = sighting.now + (key.state == KeyState::Pending ? add : kRemoveHoldDown).count();
}

void enter(FollowedKey& key, KeyState state, const KeySighting& sighting) {
  key.state = state;
  key.since = sighting.now;
  key.hold_until = 0;
  if (state == KeyState::Pending || state == KeyState::Revoked) begin_hold(key, sighting);
}

}  // namespace

std::string_view to_text(KeyState state) {
  return std::ranges::find(kStates, state, [](const auto& row) { return row.first; })->second;
}

std::optional<KeyState> parse_key_state(std::string_view text) {
  const auto* const row = std::ranges::find(kStates, text, [](const auto& each) { return each.second; });
  return row == kStates.end() ? std::nullopt : std::optional(row->first);
}

bool changes_trust(const KeyChange& change) {
  const auto trusted = [](std::optional<KeyState> state) { return state && is_trusted(*state); };
  return trusted(change.from) != trusted(change.to);
}

std::uint16_t tag_of(const FollowedKey& key) {
  if (key.type == wire::Type::DNSKEY) return key_tag(key.rdata);
  const auto ds = read_ds(key.rdata);
  return ds ? ds->key_tag : std::uint16_t{0};
}

bool KeyRollover::is_same(const FollowedKey& key, wire::BytesView dnskey) const {
  if (key.type == wire::Type::DNSKEY) return std::ranges::equal(key.rdata, dnskey);
  const auto ds = read_ds(key.rdata);
  return ds && ds->key_tag == key_tag(dnskey) && is_digest_of(ds->digest_type, ds->digest, zone_, dnskey);
}

void KeyRollover::trust(const TrustAnchor& anchor, std::int64_t now) {
  const auto add = [&](wire::Type type, wire::BytesView rdata) {
    FollowedKey added{.type = type, .rdata = wire::Bytes(rdata.begin(), rdata.end()), .since = now};
    const auto known = std::ranges::find_if(keys_, [&](const FollowedKey& key) {
      if (key.type == type) return key.rdata == added.rdata;
      return type == wire::Type::DS ? is_same(added, key.rdata) : is_same(key, added.rdata);
    });
    if (known == keys_.end()) {
      if (keys_.size() < kMaxFollowedKeys) keys_.push_back(std::move(added));
    } else if (known->state == KeyState::Pending) {
      known->state = KeyState::Valid;
      known->since = now;
      known->hold_until = 0;
    }
  };
  for (const wire::BytesView rdata : anchor.dnskeys) add(wire::Type::DNSKEY, rdata);
  for (const wire::BytesView rdata : anchor.ds) add(wire::Type::DS, rdata);
}

std::optional<KeyState> KeyRollover::step(FollowedKey& key, const KeySighting& sighting) const {
  Seen seen = Seen::Absent;
  for (const wire::BytesView rdata : sighting.dnskeys->rdatas) {
    if (rdata.size() < kFlagsSize) continue;
    wire::Bytes plain = without_revoke(rdata);
    if (!is_same(key, plain)) continue;
    seen = std::max(seen, seen_as(rdata, sighting));
    if (seen == Seen::Absent) continue;
    key.type = wire::Type::DNSKEY;
    key.rdata = std::move(plain);
  }
  auto next = next_state(key.state, seen);
  const bool clock_went_back = sighting.now < key.since;
  const bool is_over = sighting.now >= key.hold_until;
  if (next == KeyState::Pending && is_over) next = KeyState::Valid;
  if (key.state == KeyState::Revoked && seen == Seen::Absent && is_over) next = KeyState::Removed;
  if (next && (next != key.state || clock_went_back)) enter(key, *next, sighting);
  if (key.state == KeyState::Revoked && seen != Seen::Absent) begin_hold(key, sighting);
  return next;
}

void KeyRollover::follow_new(const KeySighting& sighting, std::vector<KeyChange>& changes) {
  for (const wire::BytesView rdata : sighting.dnskeys->rdatas) {
    const auto dnskey = read_dnskey(rdata);
    const bool may_be_anchor =
        dnskey && dnskey->is_zone_key() && dnskey->is_secure_entry_point() && !dnskey->is_revoked();
    const bool is_known =
        std::ranges::any_of(keys_, [&](const FollowedKey& key) { return is_same(key, rdata); });
    if (!may_be_anchor || is_known || keys_.size() >= kMaxFollowedKeys) continue;
    FollowedKey added{.rdata = wire::Bytes(rdata.begin(), rdata.end())};
    enter(added, KeyState::Pending, sighting);
    changes.push_back({key_tag(rdata), std::nullopt, KeyState::Pending});
    keys_.push_back(std::move(added));
  }
}

bool KeyRollover::vouches_for(const wire::RRset& dnskeys, std::uint32_t now, Effort& effort) const {
  const auto trusted = anchor();
  return check_key_set(dnskeys, trusted, {}, now, effort).verdict.status == Status::Secure;
}

bool KeyRollover::trusts_any() const {
  return std::ranges::any_of(keys_, [](const FollowedKey& key) { return is_trusted(key.state); });
}

std::expected<std::vector<KeyChange>, StepRefused> KeyRollover::observe(const KeySighting& sighting) {
  KeyRollover next(zone_);
  std::vector<KeyChange> changes;
  for (const FollowedKey& followed : keys_) {
    FollowedKey key = followed;
    const auto after = step(key, sighting);
    if (after != followed.state) changes.push_back({tag_of(key), followed.state, after});
    if (after) next.keys_.push_back(std::move(key));
  }
  if (!next.trusts_any()) return std::unexpected(StepRefused::LeavesNoTrustedKey);
  next.follow_new(sighting, changes);
  keys_ = std::move(next.keys_);
  return changes;
}

TrustAnchor KeyRollover::anchor() const {
  TrustAnchor anchor{.zone = zone_};
  for (const FollowedKey& key : keys_) {
    if (!is_trusted(key.state)) continue;
    (key.type == wire::Type::DS ? anchor.ds : anchor.dnskeys).add(key.rdata);
  }
  return anchor;
}

namespace {

bool has_signed_itself(const wire::RRset& dnskeys, const CanonicalRRset& canonical, wire::BytesView rdata,
                       const PublicKey& key, std::uint32_t now, Effort& effort) {
  return std::ranges::any_of(dnskeys.signatures, [&](wire::BytesView signature) {
    const auto rrsig = read_rrsig(signature);
    const bool may_be = rrsig && rrsig->covered == wire::Type::DNSKEY && rrsig->key_tag == key_tag(rdata) &&
                        rrsig->algorithm == key.algorithm() && rrsig->signer == dnskeys.owner &&
                        rrsig->labels == signed_labels(dnskeys.owner) &&
                        !serial_before(now, rrsig->inception) && !serial_before(rrsig->expiration, now);
    if (!may_be || !effort.take_check(verification_cost(key.algorithm()))) return false;
    wire::Bytes data;
    canonical.signed_data(*rrsig, data);
    if (key.verifies(data, rrsig->signature)) return true;
    effort.note_failure();
    return false;
  });
}

}  // namespace

wire::RdataList self_revoked_keys(const wire::RRset& dnskeys, std::uint32_t now, Effort& effort) {
  wire::RdataList revoked;
  const CanonicalRRset canonical(dnskeys);
  for (const wire::BytesView rdata : dnskeys.rdatas) {
    const auto dnskey = read_dnskey(rdata);
    if (!dnskey || !dnskey->is_zone_key() || !dnskey->is_revoked()) continue;
    const auto key = PublicKey::parse(dnskey->algorithm, dnskey->public_key);
    if (key && has_signed_itself(dnskeys, canonical, rdata, *key, now, effort)) revoked.add(rdata);
  }
  return revoked;
}

RefreshTimes refresh_times(wire::Seconds original_ttl, wire::Seconds signature_left) {
  const auto least = std::min(original_ttl, signature_left);
  const auto within = [](wire::Seconds wanted, wire::Seconds most) {
    return std::max(wire::Seconds{1h}, std::min(wanted, most));
  };
  return {within(least / 2, std::chrono::days{15}), within(least / 10, std::chrono::days{1})};
}

}  // namespace shirube::dnssec
