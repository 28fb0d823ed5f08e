// A small zone drawn by lot, the truth about every name in it, and its NSEC and NSEC3 chains. Truth is found
// by looking through the whole zone, never by way of the records.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string_view>
#include <vector>

#include "dnssec/base32hex.hpp"
#include "dnssec/digest.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec::drawn {

using Types = std::set<wire::Type>;
struct CanonicalLess {
  bool operator()(const wire::Name& a, const wire::Name& b) const { return a.compare_canonical(b) < 0; }
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // From 0 to below `end`.
  unsigned below(unsigned end) { return static_cast<unsigned>(engine_() % end); }
  bool one_in(unsigned count) { return below(count) == 0; }

 private:
  std::mt19937_64 engine_;
};

struct Hashing {
  wire::Bytes salt = {};
  std::uint16_t iterations = 0;
  bool opt_out = false;
};

class Zone {
 public:
  explicit Zone(Dice& dice);

  [[nodiscard]] const wire::Name& apex() const { return apex_; }
  [[nodiscard]] const std::map<wire::Name, Types, CanonicalLess>& names() const { return names_; }

  // Truth. With data of its own or below it.
  [[nodiscard]] bool exists(const wire::Name& name) const;
  // Below a cut or DNAME: not for this zone to say.
  [[nodiscard]] bool is_hidden(const wire::Name& name) const;
  [[nodiscard]] bool is_cut(const wire::Name& name) const;
  [[nodiscard]] wire::Name closest_encloser(const wire::Name& name) const;
  [[nodiscard]] bool is_no_data(const wire::Name& name, wire::Type type) const;
  [[nodiscard]] bool is_no_name(const wire::Name& name) const;
  // The name is not left out of an opt-out chain.
  [[nodiscard]] bool is_in_opt_out_chain(const wire::Name& name) const;

  [[nodiscard]] std::vector<wire::RRset> nsec_chain() const;
  [[nodiscard]] std::vector<wire::RRset> nsec3_chain(const Hashing& hashing) const;

 private:
  [[nodiscard]] const Types& types_at(const wire::Name& name) const;
  [[nodiscard]] bool lacks(const wire::Name& owner, wire::Type type) const;
  [[nodiscard]] std::set<wire::Name, CanonicalLess> all_that_exist() const;
  wire::Name apex_;
  std::map<wire::Name, Types, CanonicalLess> names_;
};

// Somewhere in the zone: at, above, below or beside what exists.
[[nodiscard]] wire::Name draw_name(const Zone& zone, Dice& dice);
[[nodiscard]] Hashing draw_hashing(Dice& dice);

inline constexpr std::array<std::string_view, 5> kLabels{"a", "b", "c", "A-b", "*"};

inline Types draw_types(Dice& dice, bool at_wildcard) {
  static const std::array<Types, 5> kPlain{{{wire::Type::A},
                                            {wire::Type::A, wire::Type::TXT},
                                            {wire::Type::CNAME},
                                            {wire::Type::MX, wire::Type::CAA},
                                            {wire::Type::TXT}}};
  static const std::array<Types, 4> kCuts{{{wire::Type::NS},
                                           {wire::Type::NS, wire::Type::DS},
                                           {wire::Type::DNAME},
                                           {wire::Type::DNAME, wire::Type::A}}};
  if (!at_wildcard && dice.one_in(3)) return kCuts[dice.below(kCuts.size())];
  return kPlain[dice.below(kPlain.size())];
}

inline wire::Name child_of(const wire::Name& name, Dice& dice) {
  return name.child(kLabels[dice.below(kLabels.size())]).value();
}

inline wire::Bytes bitmap(const Types& types) {
  std::map<std::uint8_t, wire::Bytes> windows;
  for (const wire::Type type : types) {
    const auto number = static_cast<std::uint16_t>(type);
    wire::Bytes& bits = windows[static_cast<std::uint8_t>(number >> 8)];
    const std::size_t octet = (number & 0xffU) / 8;
    if (bits.size() <= octet) bits.resize(octet + 1);
    bits[octet] = static_cast<std::uint8_t>(bits[octet] | (0x80U >> (number % 8U)));
  }
  wire::Bytes field;
  for (const auto& [window, bits] : windows) {
    field.push_back(window);
    field.push_back(static_cast<std::uint8_t>(bits.size()));
    field.insert(field.end(), bits.begin(), bits.end());
  }
  return field;
}

inline void append(wire::Bytes& bytes, wire::BytesView more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

inline wire::RRset record(wire::Name owner, wire::Type type, wire::BytesView rdata) {
  wire::RRset rrset{.owner = std::move(owner), .type = type, .ttl = 300};
  rrset.rdatas.add(rdata);
  return rrset;
}

inline Zone::Zone(Dice& dice) : apex_(dice.one_in(5) ? wire::Name() : wire::Name::literal("z.")) {
  names_[apex_] = {wire::Type::SOA, wire::Type::NS, wire::Type::DNSKEY};
  if (dice.one_in(20)) names_[apex_].insert(wire::Type::DNAME);
  for (unsigned left = dice.below(7); left > 0; --left) {
    wire::Name name = child_of(apex_, dice);
    for (unsigned depth = dice.below(3); depth > 0; --depth) name = child_of(name, dice);
    names_[name] = draw_types(dice, name.is_wildcard());
  }
  std::erase_if(names_, [this](const auto& entry) { return is_hidden(entry.first); });
}

inline const Types& Zone::types_at(const wire::Name& name) const {
  static const Types kNone;
  const auto found = names_.find(name);
  return found == names_.end() ? kNone : found->second;
}

inline bool Zone::exists(const wire::Name& name) const {
  return std::ranges::any_of(names_, [&](const auto& entry) { return entry.first.is_within(name); });
}

inline bool Zone::is_cut(const wire::Name& name) const {
  return name != apex_ && types_at(name).contains(wire::Type::NS);
}

inline bool Zone::is_hidden(const wire::Name& name) const {
  return std::ranges::any_of(names_, [&](const auto& entry) {
    const bool hides = is_cut(entry.first) || entry.second.contains(wire::Type::DNAME);
    return hides && name != entry.first && name.is_within(entry.first);
  });
}

inline wire::Name Zone::closest_encloser(const wire::Name& name) const {
  wire::Name encloser = name;
  while (!exists(encloser)) encloser = encloser.parent();
  return encloser;
}

inline bool Zone::lacks(const wire::Name& owner, wire::Type type) const {
  const Types& types = types_at(owner);
  if (type == wire::Type::ANY) return types.empty();
  if (type == wire::Type::DS && owner == apex_ && !apex_.is_root()) return false;  // the parent's to say
  if (type != wire::Type::DS && is_cut(owner)) return false;                       // the child's
  return !types.contains(type) && !types.contains(wire::Type::CNAME);
}

inline bool Zone::is_no_data(const wire::Name& name, wire::Type type) const {
  if (is_hidden(name)) return false;
  if (exists(name)) return lacks(name, type);
  const wire::Name wildcard = closest_encloser(name).child("*").value();
  return exists(wildcard) && lacks(wildcard, type);
}

inline bool Zone::is_no_name(const wire::Name& name) const {
  return !is_hidden(name) && !exists(name) && !exists(closest_encloser(name).child("*").value());
}

inline bool Zone::is_in_opt_out_chain(const wire::Name& name) const {
  return std::ranges::any_of(names_, [&](const auto& entry) {
    const bool is_left_out = is_cut(entry.first) && !entry.second.contains(wire::Type::DS);
    return !is_left_out && entry.first.is_within(name);
  });
}

inline std::vector<wire::RRset> Zone::nsec_chain() const {
  std::vector<wire::RRset> chain;
  for (auto at = names_.begin(); at != names_.end(); ++at) {
    const wire::Name& next = std::next(at) == names_.end() ? apex_ : std::next(at)->first;
    Types types = at->second;
    types.insert({wire::Type::NSEC, wire::Type::RRSIG});
    wire::Bytes rdata(next.wire().begin(), next.wire().end());
    append(rdata, bitmap(types));
    chain.push_back(record(at->first, wire::Type::NSEC, rdata));
  }
  return chain;
}

inline std::set<wire::Name, CanonicalLess> Zone::all_that_exist() const {
  std::set<wire::Name, CanonicalLess> all;
  for (const auto& [name, types] : names_) {
    for (wire::Name at = name; at != apex_; at = at.parent()) all.insert(at);
  }
  all.insert(apex_);
  return all;
}

inline std::vector<wire::RRset> Zone::nsec3_chain(const Hashing& hashing) const {
  std::map<Nsec3Hash, wire::Name> hashes;
  for (const wire::Name& name : all_that_exist()) {
    if (hashing.opt_out && !is_in_opt_out_chain(name)) continue;
    hashes.emplace(nsec3_hash(name, hashing.salt, hashing.iterations), name);
  }
  std::vector<wire::RRset> chain;
  for (auto at = hashes.begin(); at != hashes.end(); ++at) {
    const Nsec3Hash& next = std::next(at) == hashes.end() ? hashes.begin()->first : std::next(at)->first;
    Types types = types_at(at->second);
    if (!types.empty() && types != Types{wire::Type::NS}) types.insert(wire::Type::RRSIG);
    wire::Bytes rdata{1, static_cast<std::uint8_t>(hashing.opt_out ? 1 : 0), 0,
                      static_cast<std::uint8_t>(hashing.iterations),
                      static_cast<std::uint8_t>(hashing.salt.size())};
    append(rdata, hashing.salt);
    rdata.push_back(static_cast<std::uint8_t>(next.size()));
    append(rdata, next);
    append(rdata, bitmap(types));
    chain.push_back(record(apex_.child(label_of_hash(at->first)).value(), wire::Type::NSEC3, rdata));
  }
  return chain;
}

inline wire::Name draw_name(const Zone& zone, Dice& dice) {
  const auto chosen = std::next(zone.names().begin(), dice.below(static_cast<unsigned>(zone.names().size())));
  wire::Name name = chosen->first;
  for (unsigned up = dice.below(3); up > 0 && name != zone.apex(); --up) name = name.parent();
  for (unsigned down = dice.below(4); down > 0; --down) name = child_of(name, dice);
  return name;
}

inline Hashing draw_hashing(Dice& dice) {
  Hashing hashing{.iterations = static_cast<std::uint16_t>(dice.below(6)), .opt_out = dice.one_in(2)};
  for (unsigned size = dice.below(4); size > 0; --size) {
    hashing.salt.push_back(static_cast<std::uint8_t>(dice.below(256)));
  }
  return hashing;
}

}  // namespace shirube::dnssec::drawn
