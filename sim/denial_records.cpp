#include "sim/denial_records.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "sim/ldns_records.hpp"

namespace shirube::sim {
namespace {

using wire::Name;
using wire::Type;

constexpr std::uint8_t kNsec3Sha1 = 1;
constexpr std::uint8_t kOptOutFlag = 1;

[[nodiscard]] bool has(const Zone::Node& node, Type type) {
  return std::ranges::find(node, type, &wire::RRset::type) != node.end();
}

[[nodiscard]] Name wildcard_below(const Name& encloser) { return *encloser.child(std::string_view("*")); }

// RFC 4034 §4.1.2.
[[nodiscard]] wire::Bytes bitmap(const std::set<Type>& types) {
  std::map<std::uint8_t, wire::Bytes> windows;
  for (const auto type : types) {
    const auto number = static_cast<std::uint16_t>(type);
    auto& window = windows[static_cast<std::uint8_t>(number >> 8)];
    const std::size_t at = (number & 0xff) / 8;
    if (window.size() <= at) window.resize(at + 1);
    window[at] |= static_cast<std::uint8_t>(0x80 >> (number % 8));
  }
  wire::Bytes bytes;
  for (const auto& [number, window] : windows) {
    bytes.push_back(number);
    bytes.push_back(static_cast<std::uint8_t>(window.size()));
    bytes.insert(bytes.end(), window.begin(), window.end());
  }
  return bytes;
}

// One name of a chain; nullptr: an empty non-terminal.
struct ChainLink {
  Name name;
  const Zone::Node* node = nullptr;
};

// The authoritative names in canonical order, cuts included.
[[nodiscard]] std::vector<ChainLink> authoritative_names(const Zone& zone) {
  std::vector<ChainLink> links;
  const Name* occluder = nullptr;
  for (const auto& [name, node] : zone.nodes()) {
    if (node.empty() || (occluder != nullptr && name.is_within(*occluder))) continue;
    occluder = nullptr;
    links.push_back({name, &node});
    const bool is_cut = has(node, Type::NS) && !(name == zone.apex());
    if (is_cut || has(node, Type::DNAME)) occluder = &name;
  }
  return links;
}

[[nodiscard]] std::set<Type> types_at(const Zone& zone, const ChainLink& link) {
  std::set<Type> types;
  if (link.node == nullptr) return types;
  const bool is_cut = has(*link.node, Type::NS) && !(link.name == zone.apex());
  for (const auto& rrset : *link.node) {
    if (!is_cut || rrset.type == Type::NS || rrset.type == Type::DS) types.insert(rrset.type);
  }
  if (!is_cut || types.contains(Type::DS)) types.insert(Type::RRSIG);
  return types;
}

[[nodiscard]] std::uint32_t ttl_of_denials(const Zone& zone) {
  const auto* soa = zone.find(zone.apex(), Type::SOA);
  const auto fields = soa == nullptr ? std::nullopt : wire::read_soa(*soa->rdatas.begin());
  return fields ? std::min(soa->ttl, fields->minimum) : 0;
}

void add_once(DenialProof& proof, DenialRecord record) {
  const auto is_there = [&](const DenialRecord& other) { return other.rrset.owner == record.rrset.owner; };
  if (std::ranges::none_of(proof, is_there)) proof.push_back(std::move(record));
}

[[nodiscard]] DenialRecord nsec(const Zone& zone, const Name& owner, const Name& next, std::set<Type> types) {
  types.insert({Type::RRSIG, Type::NSEC});
  const auto to = next.wire();
  wire::Bytes rdata(to.begin(), to.end());
  const auto map = bitmap(types);
  rdata.insert(rdata.end(), map.begin(), map.end());
  wire::RRset rrset{.owner = owner, .type = Type::NSEC, .ttl = ttl_of_denials(zone)};
  rrset.rdatas.add(rdata);
  return {.of = owner, .rrset = std::move(rrset)};
}

class NsecChain {
 public:
  explicit NsecChain(const Zone& zone) : zone_(zone), links_(authoritative_names(zone)) {}

  // The record at `name`, or else that which covers it.
  [[nodiscard]] DenialRecord at_or_before(const Name& name) const {
    const auto after = std::ranges::upper_bound(links_, name, CanonicalOrder{}, &ChainLink::name);
    const auto& link = after == links_.begin() ? links_.back() : *std::prev(after);
    return nsec(zone_, link.name, after == links_.end() ? links_.front().name : after->name,
                types_at(zone_, link));
  }

 private:
  const Zone& zone_;
  std::vector<ChainLink> links_;
};

using Hash = std::array<std::uint8_t, 20>;

// In base32hex.
[[nodiscard]] wire::Bytes hash_label(const Name& name, const Signing& signing) {
  const auto plain = ldns_name(name.lowered());
  const auto salt_size = static_cast<std::uint8_t>(signing.salt.size());
  const FieldPtr hashed(
      ldns_nsec3_hash_name(plain.get(), kNsec3Sha1, signing.iterations, salt_size, signing.salt.data()));
  const auto bytes = bytes_of(hashed.get());
  return {bytes.begin() + 1, bytes.begin() + 1 + bytes[0]};
}

[[nodiscard]] Hash hash_of(const Name& name, const Signing& signing) {
  Hash hash{};
  std::uint32_t bits = 0;
  unsigned unused = 0;
  auto at = hash.begin();
  for (const auto c : hash_label(name, signing)) {
    bits = (bits << 5U) | static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    unused += 5;
    if (unused < 8) continue;
    unused -= 8;
    *at++ = static_cast<std::uint8_t>(bits >> unused);
  }
  return hash;
}

class Nsec3Chain {
 public:
  Nsec3Chain(const Zone& zone, const Signing& signing) : zone_(zone), signing_(signing) {
    for (auto& link : authoritative_names(zone)) {
      const bool is_cut = has(*link.node, Type::NS) && !(link.name == zone.apex());
      if (is_cut && signing.opt_out && !has(*link.node, Type::DS)) continue;
      for (auto above = link.name; !(above == zone.apex()) && !(above.parent() == zone.apex());) {
        above = above.parent();
        links_.try_emplace(hash_of(above, signing), ChainLink{.name = above});
      }
      links_.insert_or_assign(hash_of(link.name, signing), std::move(link));
    }
  }

  void add_match(DenialProof& proof, const Name& name) const {
    if (const auto found = links_.find(hash_of(name, signing_)); found != links_.end())
      add_once(proof, record(found));
  }
  void add_cover(DenialProof& proof, const Name& name) const {
    const auto after = links_.upper_bound(hash_of(name, signing_));
    add_once(proof, record(std::prev(after == links_.begin() ? links_.end() : after)));
  }
  [[nodiscard]] bool has_match(const Name& name) const { return links_.contains(hash_of(name, signing_)); }
  // RFC 5155 §7.2.1; returns the closest encloser that has a record.
  Name add_encloser_proof(DenialProof& proof, const Name& name) const {
    auto next_closer = name;
    while (!(next_closer.parent() == zone_.apex()) && !has_match(next_closer.parent()))
      next_closer = next_closer.parent();
    add_match(proof, next_closer.parent());
    add_cover(proof, next_closer);
    return next_closer.parent();
  }

 private:
  using Links = std::map<Hash, ChainLink>;

  [[nodiscard]] DenialRecord record(Links::const_iterator at) const {
    const auto next = std::next(at) == links_.end() ? links_.begin() : std::next(at);
    wire::Bytes rdata{kNsec3Sha1, signing_.opt_out ? kOptOutFlag : std::uint8_t{0},
                      static_cast<std::uint8_t>(signing_.iterations >> 8),
                      static_cast<std::uint8_t>(signing_.iterations),
                      static_cast<std::uint8_t>(signing_.salt.size())};
    rdata.insert(rdata.end(), signing_.salt.begin(), signing_.salt.end());
    rdata.push_back(static_cast<std::uint8_t>(next->first.size()));
    rdata.insert(rdata.end(), next->first.begin(), next->first.end());
    const auto map = bitmap(types_at(zone_, at->second));
    rdata.insert(rdata.end(), map.begin(), map.end());
    wire::RRset rrset{.owner = nsec3_owner(at->second.name, zone_.apex(), signing_),
                      .type = Type::NSEC3,
                      .ttl = ttl_of_denials(zone_)};
    rrset.rdatas.add(rdata);
    return {.of = at->second.name, .rrset = std::move(rrset)};
  }

  const Zone& zone_;
  const Signing& signing_;
  Links links_;
};

// RFC 9824 §3: what comes right after `name` is what nobody asks for. The longest names have nothing below
// them: their record reaches to the apex.
[[nodiscard]] DenialProof compact(const Zone& zone, const Name& name, const std::set<Type>& types) {
  const std::array<std::uint8_t, 1> lowest{0};
  const auto next = name.child(wire::BytesView(lowest));
  DenialProof proof;
  proof.push_back(nsec(zone, name, next ? *next : zone.apex(), types));
  return proof;
}

[[nodiscard]] std::set<Type> stored_types_at(const Zone& zone, const Name& name) {
  const auto node = zone.nodes().find(name);
  if (node == zone.nodes().end()) return {};
  return types_at(zone, {.name = name, .node = &node->second});
}

}  // namespace

Name nsec3_owner(const Name& name, const Name& apex, const Signing& signing) {
  return *apex.child(wire::BytesView(hash_label(name, signing)));
}

DenialProof DenialRecords::no_data(const Name& name) const {
  if (signing_.denial == DenialForm::Compact) return compact(zone_, name, stored_types_at(zone_, name));
  DenialProof proof;
  if (signing_.denial == DenialForm::Nsec) {
    add_once(proof, NsecChain(zone_).at_or_before(name));
    return proof;
  }
  const Nsec3Chain chain(zone_, signing_);
  if (chain.has_match(name)) {
    chain.add_match(proof, name);
  } else {
    chain.add_encloser_proof(proof, name);
  }
  return proof;
}

DenialProof DenialRecords::no_name(const Name& name, const Name& encloser) const {
  if (signing_.denial == DenialForm::Compact) return compact(zone_, name, {Type::NXNAME});
  DenialProof proof;
  if (signing_.denial == DenialForm::Nsec) {
    const NsecChain chain(zone_);
    add_once(proof, chain.at_or_before(name));
    add_once(proof, chain.at_or_before(wildcard_below(encloser)));
    return proof;
  }
  const Nsec3Chain chain(zone_, signing_);
  chain.add_cover(proof, wildcard_below(chain.add_encloser_proof(proof, name)));
  return proof;
}

DenialProof DenialRecords::no_data_at_wildcard(const Name& name, const Name& encloser) const {
  const auto wildcard = wildcard_below(encloser);
  if (signing_.denial == DenialForm::Compact) return compact(zone_, name, stored_types_at(zone_, wildcard));
  DenialProof proof;
  if (signing_.denial == DenialForm::Nsec) {
    const NsecChain chain(zone_);
    add_once(proof, chain.at_or_before(name));
    add_once(proof, chain.at_or_before(wildcard));
    return proof;
  }
  const Nsec3Chain chain(zone_, signing_);
  chain.add_encloser_proof(proof, name);
  chain.add_match(proof, wildcard);
  return proof;
}

DenialProof DenialRecords::nothing_closer(const Name& name, const Name& encloser) const {
  DenialProof proof;
  if (signing_.denial == DenialForm::Compact) return proof;  // signed as if the name were in the zone
  if (signing_.denial == DenialForm::Nsec) {
    add_once(proof, NsecChain(zone_).at_or_before(name));
    return proof;
  }
  Nsec3Chain(zone_, signing_).add_cover(proof, name.suffix(encloser.label_count() + 1));
  return proof;
}

std::optional<wire::RRset> DenialRecords::nsec_at(const Name& name) const {
  if (signing_.denial == DenialForm::Nsec3) return std::nullopt;
  if (signing_.denial == DenialForm::Compact) return no_data(name).front().rrset;
  auto record = NsecChain(zone_).at_or_before(name);
  if (!(record.of == name)) return std::nullopt;
  return std::move(record.rrset);
}

}  // namespace shirube::sim
