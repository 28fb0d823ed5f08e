#include "dnssec/key_set.hpp"

#include <algorithm>

namespace shirube::dnssec {

bool can_verify(const Dnskey& key, AlgorithmPolicy policy) {
  return key.is_zone_key() && !key.is_revoked() && is_supported(key.algorithm, policy);
}

KeySet::KeySet(const wire::RRset& dnskeys, AlgorithmPolicy policy) : zone_(dnskeys.owner), policy_(policy) {
  std::size_t kept = 0;
  for (const wire::BytesView rdata : dnskeys.rdatas) {
    if (kept == kMaxKeysPerZone) break;
    const auto record = read_dnskey(rdata);
    if (!record || !can_verify(*record, policy)) continue;
    if (candidates(key_tag(rdata), record->algorithm).size() == kMaxKeysPerTag) continue;
    auto key = PublicKey::parse(record->algorithm, record->public_key);
    if (!key) continue;
    add(key_tag(rdata), *std::move(key));
    ++kept;
  }
}

std::span<const PublicKey> KeySet::candidates(std::uint16_t tag, Algorithm algorithm) const {
  for (const Group& group : groups_) {
    if (group.tag == tag && group.algorithm == algorithm) return group.keys;
  }
  return {};
}

void KeySet::add(std::uint16_t tag, PublicKey key) {
  const auto is_theirs = [&](const Group& group) {
    return group.tag == tag && group.algorithm == key.algorithm();
  };
  auto group = std::ranges::find_if(groups_, is_theirs);
  if (group == groups_.end()) {
    group = groups_.insert(group, Group{.tag = tag, .algorithm = key.algorithm(), .keys = {}});
  }
  group->keys.push_back(std::move(key));
}

}  // namespace shirube::dnssec
