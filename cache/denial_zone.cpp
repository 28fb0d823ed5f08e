#include "cache/denial_zone.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "cache/memory_cost.hpp"
#include "dnssec/nsec.hpp"
#include "wire/ascii_case.hpp"

namespace shirube::cache {
namespace {

using dnssec::Denials;
using dnssec::Nsec3Hash;
using wire::Name;

// A node of std::map or std::unordered_map, beside what it holds.
constexpr std::size_t kMapNodeLinks = 32;
// RFC 4470 made for NSEC3: of 2^160 hashes such a record covers less than 2^96.
constexpr std::size_t kTellingOctets = 8;

std::size_t heap_cost(const wire::RRset& rrset) {
  std::size_t cost = 0;
  for (const std::size_t size :
       {rrset.owner.heap_size(), rrset.rdatas.byte_size(), rrset.signatures.byte_size()}) {
    if (size > 0) cost += allocation_cost(size);
  }
  return cost;
}

// RFC 9824 §3.1: the next name is the first that can follow.
bool is_made_for_one_name(const dnssec::NsecSpan& span) {
  const wire::BytesView label = span.next.first_label();
  return label.size() == 1 && label[0] == 0 && span.next.parent() == *span.owner;
}

bool is_made_for_one_name(const dnssec::Nsec3Span& span) {
  return span.owner != span.next &&
         std::equal(span.owner.begin(), span.owner.begin() + kTellingOctets, span.next.begin());
}

RangeKey key_of(const Nsec3Hash& hash) { return {hash.begin(), hash.end()}; }

std::uint32_t seconds_left(wire::Instant expires, wire::Instant now) {
  return static_cast<std::uint32_t>(std::chrono::ceil<wire::Seconds>(expires - now).count());
}

// And without nullptr: one record may tell several things.
std::vector<RangeNode*> without_repetition(std::initializer_list<RangeNode*> nodes) {
  std::vector<RangeNode*> found;
  for (RangeNode* node : nodes) {
    if (node != nullptr && std::ranges::find(found, node) == found.end()) found.push_back(node);
  }
  return found;
}

}  // namespace

// Octets 0 and 1 are written as two, so that 0 is free to end a label and comes before all that goes on.
RangeKey order_key(const Name& name, std::size_t zone_labels) {
  std::array<std::uint8_t, wire::kMaxLabels> offsets;
  std::size_t count = 0;
  const wire::BytesView bytes = name.wire();
  for (std::size_t at = 0; bytes[at] != 0; at += 1U + bytes[at]) {
    offsets[count++] = static_cast<std::uint8_t>(at);
  }
  RangeKey key;
  key.reserve(name.size());
  for (std::size_t i = count - zone_labels; i > 0; --i) {
    const std::size_t at = offsets[i - 1];
    for (const std::uint8_t octet : bytes.subspan(at + 1, bytes[at])) {
      if (octet <= 1) key.push_back(1);
      key.push_back(octet <= 1 ? static_cast<std::uint8_t>(octet + 1) : wire::lower(octet));
    }
    key.push_back(0);
  }
  return key;
}

std::optional<UsefulRange> useful_range(const wire::RRset& rrset, const Name& zone) {
  if (const auto span = dnssec::read_nsec_span(rrset, zone)) {
    if (is_made_for_one_name(*span)) return std::nullopt;
    return UsefulRange{.key = order_key(rrset.owner, zone.label_count()), .kind = std::nullopt};
  }
  const auto span = dnssec::read_nsec3_span(rrset, zone);
  if (!span || span->iterations > dnssec::kMaxNsec3Iterations || is_made_for_one_name(*span)) {
    return std::nullopt;
  }
  return UsefulRange{.key = key_of(span->owner),
                     .kind = dnssec::Nsec3Parameters{.salt = {span->salt.begin(), span->salt.end()},
                                                     .iterations = span->iterations}};
}

RangeNode::RangeNode(DenialZone& its_zone, RangeChain::iterator its_place, wire::RRset its_rrset,
                     wire::Instant its_expiry)
    : zone(&its_zone), place(its_place), rrset(std::move(its_rrset)), expires(its_expiry) {
  rrset.rdatas.shrink();
  rrset.signatures.shrink();
}

std::size_t RangeNode::cost() const {
  return allocation_cost(sizeof(RangeNode)) + heap_cost(rrset) +
         allocation_cost(kMapNodeLinks + sizeof(RangeChain::value_type)) +
         allocation_cost(place->first.capacity());
}

void RangeNode::destroy(RangeNode* node) noexcept {
  node->zone->remove(node->place);
  delete node;
}

void DenialZone::remove(RangeChain::iterator place) noexcept {
  chain_.erase(place);
  if (chain_.empty()) *emptied_ = this;
}

void DenialZone::set_soa(const wire::RRset& soa, wire::Instant expires) {
  soa_ = soa;
  soa_.rdatas.shrink();
  soa_.signatures.shrink();
  soa_expires_ = expires;
}

std::size_t DenialZone::cost() const {
  return allocation_cost(kMapNodeLinks + sizeof(Name) + sizeof(DenialZone)) + 2 * name_.heap_size() +
         heap_cost(soa_) + (kind_ ? allocation_cost(kind_->salt.capacity()) : 0);
}

RangeNode* DenialZone::at_or_before(const RangeKey& key, wire::Instant now) const {
  if (chain_.empty()) return nullptr;
  auto after = chain_.upper_bound(key);
  if (after == chain_.begin()) after = chain_.end();
  RangeNode* const node = std::prev(after)->second;
  return now < node->expires ? node : nullptr;
}

std::vector<RangeNode*> DenialZone::nsecs_about(const Name& name, wire::Instant now) const {
  const std::size_t labels = name_.label_count();
  RangeNode* const nearest = at_or_before(order_key(name, labels), now);
  if (nearest == nullptr) return {};
  const auto encloser =
      dnssec::NsecProof(Denials{.zone = name_, .records = {&nearest->rrset}}).closest_encloser(name);
  const auto wildcard = encloser ? encloser->child("*") : std::unexpected(wire::NameError::Empty);
  if (!wildcard) return {nearest};
  return without_repetition({nearest, at_or_before(order_key(*wildcard, labels), now)});
}

DenialZone::Sighting DenialZone::look(const std::optional<Nsec3Hash>& hash, wire::Instant now) const {
  if (!hash) return {};
  const RangeKey key = key_of(*hash);
  RangeNode* const node = at_or_before(key, now);
  if (node == nullptr) return {};
  if (node->place->first == key) return {.match = node};
  const auto span = dnssec::read_nsec3_span(node->rrset, name_);
  return span && span->covers(*hash) ? Sighting{.cover = node} : Sighting{};
}

// As Nsec3Proof searches: from the apex down, to the first name that is covered.
std::vector<RangeNode*> DenialZone::nsec3s_about(const Name& name, wire::Instant now,
                                                 dnssec::Nsec3Hashes& hashes, dnssec::Effort& effort) const {
  const auto look_at = [&](const Name& at) { return look(hashes.of(at, effort), now); };
  if (name == name_) {
    return without_repetition({look_at(name).match});
  }
  const std::size_t apex = name_.label_count();
  const std::size_t whole = name.label_count();
  RangeNode* above = nullptr;
  for (std::size_t count = apex + 1; count <= whole; ++count) {
    const Sighting here = look_at(name.suffix(count));
    if (here.cover == nullptr) {
      above = here.match;
      continue;
    }
    RangeNode* const encloser = count == apex + 1 ? look_at(name_).match : above;
    const auto wildcard = name.suffix(count - 1).child("*");
    if (encloser == nullptr || !wildcard) return {};
    return without_repetition({here.cover, encloser, look_at(*wildcard).either()});
  }
  return without_repetition({above});
}

Evidence DenialZone::gather(const Name& name, wire::Instant now, dnssec::Effort& effort) const {
  Evidence evidence;
  if (now >= soa_expires_) return evidence;
  if (kind_) evidence.hashes.emplace(*kind_);
  const auto nodes = kind_ ? nsec3s_about(name, now, *evidence.hashes, effort) : nsecs_about(name, now);
  wire::Instant first_end = soa_expires_;
  for (const RangeNode* node : nodes) first_end = std::min(first_end, node->expires);
  const std::uint32_t ttl = seconds_left(first_end, now);
  for (RangeNode* node : nodes) {
    node->visited = true;
    evidence.records.push_back(node->rrset);
    evidence.records.back().ttl = ttl;
  }
  if (!nodes.empty()) {
    evidence.soa = soa_;
    evidence.soa.ttl = ttl;
  }
  return evidence;
}

}  // namespace shirube::cache
