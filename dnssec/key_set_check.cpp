#include "dnssec/key_set_check.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "dnssec/digest.hpp"

namespace shirube::dnssec {
namespace {

// Nominal microseconds of PublicKey::parse() (an elliptic curve's).
constexpr unsigned kParseCost = 10;

constexpr std::uint8_t kRevoke = 0x80;  // of the second octet of the flags

bool is_same_but_for_revocation(wire::BytesView a, wire::BytesView b) {
  if (a.size() != b.size() || a.size() < 2) return false;
  return a[0] == b[0] && ((a[1] ^ b[1]) & ~kRevoke) == 0 && std::ranges::equal(a.subspan(2), b.subspan(2));
}

// What could match a key: a DS, or a DNSKEY.
struct Entry {
  std::optional<Ds> ds = {};
  wire::BytesView dnskey = {};
};

bool is_stronger_beside(const std::vector<Entry>& entries, const Ds& sha1) {
  return std::ranges::any_of(entries, [&](const Entry& other) {
    return other.ds && other.ds->algorithm == sha1.algorithm && other.ds->digest_type != DigestType::Sha1;
  });
}

// Those that promise what we can verify.
std::vector<Entry> usable_entries(const TrustAnchor& anchor, AlgorithmPolicy policy) {
  std::vector<Entry> entries;
  for (const wire::BytesView rdata : anchor.ds) {
    const auto ds = read_ds(rdata);
    if (ds && is_supported(ds->algorithm, policy) && is_supported(ds->digest_type))
      entries.push_back({.ds = ds});
  }
  std::vector<Entry> result;
  std::ranges::copy_if(entries, std::back_inserter(result), [&](const Entry& entry) {
    return entry.ds->digest_type != DigestType::Sha1 || !is_stronger_beside(entries, *entry.ds);
  });
  for (const wire::BytesView rdata : anchor.dnskeys) {
    const auto key = read_dnskey(rdata);
    if (key && is_supported(key->algorithm, policy)) result.push_back({.dnskey = rdata});
  }
  return result;
}

// How far a key gets that an entry matches; the better the later.
enum class Fit : std::uint8_t { NoMatch, NotForZone, Malformed, Unsupported, Usable };

Flaw flaw_of(Fit fit) {
  switch (fit) {
    case Fit::NotForZone:
      return Flaw::KeyNotForZone;
    case Fit::Malformed:
      return Flaw::KeyMissing;
    case Fit::NoMatch:
    case Fit::Unsupported:
    case Fit::Usable:
      break;
  }
  return Flaw::KeyNotForDs;
}

Fit fit_of(const Dnskey& key) {
  if (!key.is_zone_key() || key.is_revoked()) return Fit::NotForZone;
  const auto parsed = PublicKey::parse(key.algorithm, key.public_key);
  if (parsed) return Fit::Usable;
  return parsed.error() == KeyFault::Unsupported ? Fit::Unsupported : Fit::Malformed;
}

// Finds the keys of a zone that the entries of its anchor match.
class Matching {
 public:
  Matching(const wire::RRset& dnskeys, std::span<const Entry> entries)
      : matched_{.owner = dnskeys.owner, .type = dnskeys.type} {
    for (const wire::BytesView rdata : dnskeys.rdatas) {
      const auto key = rdata.size() <= kMaxAnchoredKeySize ? read_dnskey(rdata) : std::nullopt;
      if (key) keys_.push_back({.rdata = rdata, .record = *key, .tag = key_tag(rdata)});
    }
    for (const Entry& entry : entries) match(entry);
  }

  [[nodiscard]] const wire::RRset& matched() const { return matched_; }
  // Why none of the keys can be used: UnsupportedAlgorithm if each entry has a key, and we none of them.
  [[nodiscard]] Flaw flaw() const {
    bool all_unsupported = true;
    Fit best = Fit::NoMatch;
    for (const auto& keys : keys_by_entry_) {
      Fit fit = Fit::NoMatch;
      for (const Dnskey& key : keys) fit = std::max(fit, fit_of(key));
      if (fit == Fit::Unsupported) continue;
      all_unsupported = false;
      best = std::max(best, fit);
    }
    return all_unsupported ? Flaw::UnsupportedAlgorithm : flaw_of(best);
  }

 private:
  struct Key {
    wire::BytesView rdata;
    Dnskey record;
    std::uint16_t tag;
  };

  void match(const Entry& entry) {
    auto& keys = keys_by_entry_.emplace_back();
    std::size_t tried = 0;
    for (const Key& key : keys_) {
      if (!is_meant(entry, key)) continue;
      if (tried++ == kMaxKeysPerTag) break;
      if (!is_it(entry, key)) continue;
      keys.push_back(key.record);
      matched_.rdatas.add_unless_present(key.rdata);
    }
  }
  [[nodiscard]] static bool is_meant(const Entry& entry, const Key& key) {
    if (!entry.ds) return is_same_but_for_revocation(entry.dnskey, key.rdata);
    return entry.ds->key_tag == key.tag && entry.ds->algorithm == key.record.algorithm;
  }
  [[nodiscard]] bool is_it(const Entry& entry, const Key& key) const {
    return !entry.ds || is_digest_of(entry.ds->digest_type, entry.ds->digest, matched_.owner, key.rdata);
  }

  std::vector<Key> keys_;
  wire::RRset matched_;
  std::vector<std::vector<Dnskey>> keys_by_entry_;
};

}  // namespace

std::optional<Flaw> why_insecure(const TrustAnchor& anchor, AlgorithmPolicy policy) {
  if (!usable_entries(anchor, policy).empty()) return std::nullopt;
  if (anchor.ds.empty() && anchor.dnskeys.empty()) return std::nullopt;  // promises nothing, excuses nothing
  const bool only_digest_unknown =
      std::any_of(anchor.ds.begin(), anchor.ds.end(), [&](wire::BytesView rdata) {
        const auto ds = read_ds(rdata);
        return ds && is_supported(ds->algorithm, policy);
      });
  return only_digest_unknown ? Flaw::UnsupportedDigest : Flaw::UnsupportedAlgorithm;
}

KeySetCheck::KeySetCheck(const wire::RRset& dnskeys, const TrustAnchor& anchor, AlgorithmPolicy policy,
                         std::uint32_t now)
    : dnskeys_(&dnskeys),
      policy_(policy),
      verdict_{.status = Status::Bogus,
               .flaw = Flaw::KeyNotForDs,
               .owner = anchor.zone,
               .type = wire::Type::DNSKEY} {
  if (const auto reason = why_insecure(anchor, policy)) {
    verdict_.status = Status::Insecure;
    verdict_.flaw = *reason;
    return;
  }
  if (dnskeys.owner != anchor.zone || dnskeys.type != wire::Type::DNSKEY) return;
  const auto entries = usable_entries(anchor, policy);
  const auto tried = std::span(entries).first(std::min(entries.size(), kMaxAnchorEntries));
  const Matching matching(dnskeys, tried);
  anchored_ = std::make_shared<const KeySet>(matching.matched(), policy);
  if (!anchored_->empty()) {
    check_.emplace(dnskeys, *anchored_, now);
    return;
  }
  const Flaw flaw = matching.flaw();
  if (flaw != Flaw::UnsupportedAlgorithm) {
    verdict_.flaw = flaw;
  } else if (!entries.empty() && tried.size() == entries.size()) {  // what has not been tried excuses nothing
    verdict_.status = Status::Insecure;
    verdict_.flaw = flaw;
  }
}

std::optional<KeySetCheck::Outcome> KeySetCheck::step(Effort& effort) {
  if (!check_) return Outcome{.verdict = verdict_};
  const auto outcome = check_->step(effort);
  if (!outcome) return std::nullopt;
  if (outcome->verdict.status != Status::Secure) return Outcome{.verdict = outcome->verdict};
  effort.since_pause += kParseCost * static_cast<unsigned>(dnskeys_->rdatas.count());
  return Outcome{.verdict = {},
                 .keys = std::make_shared<const KeySet>(*dnskeys_, policy_),
                 .ttl = outcome->good.ttl,
                 .valid_for = outcome->good.valid_for};
}

KeySetCheck::Outcome check_key_set(const wire::RRset& dnskeys, const TrustAnchor& anchor,
                                   AlgorithmPolicy policy, std::uint32_t now, Effort& effort) {
  KeySetCheck check(dnskeys, anchor, policy, now);
  while (true) {
    if (auto outcome = check.step(effort)) return *std::move(outcome);
  }
}

}  // namespace shirube::dnssec
