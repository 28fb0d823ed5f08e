// The drawn zones of the property tests themselves: their truth about a zone small enough to see by eye.
#include "tests/unit/dnssec/drawn_zone.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"

namespace shirube::dnssec::drawn {
namespace {

using wire::Name;
using wire::Type;

constexpr std::array<std::string_view, 5> kLabels{"a", "b", "c", "A-b", "*"};

Types draw_types(Dice& dice, bool at_wildcard) {
  static const std::array<Types, 5> kPlain{
      {{Type::A}, {Type::A, Type::TXT}, {Type::CNAME}, {Type::MX, Type::CAA}, {Type::TXT}}};
  static const std::array<Types, 4> kCuts{
      {{Type::NS}, {Type::NS, Type::DS}, {Type::DNAME}, {Type::DNAME, Type::A}}};
  if (!at_wildcard && dice.one_in(3)) return kCuts[dice.below(kCuts.size())];
  return kPlain[dice.below(kPlain.size())];
}

Name child_of(const Name& name, Dice& dice) {
  return name.child(kLabels[dice.below(kLabels.size())]).value();
}

wire::Bytes bitmap(const Types& types) {
  std::map<std::uint8_t, wire::Bytes> windows;
  for (const Type type : types) {
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

void append(wire::Bytes& bytes, wire::BytesView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

wire::RRset record(Name owner, Type type, wire::BytesView rdata) {
  wire::RRset rrset{.owner = std::move(owner), .type = type, .ttl = 300};
  rrset.rdatas.add(rdata);
  return rrset;
}

}  // namespace

Zone::Zone(Dice& dice) : apex_(dice.one_in(5) ? Name() : Name::literal("z.")) {
  names_[apex_] = {Type::SOA, Type::NS, Type::DNSKEY};
  if (dice.one_in(20)) names_[apex_].insert(Type::DNAME);
  for (unsigned left = dice.below(7); left > 0; --left) {
    Name name = child_of(apex_, dice);
    for (unsigned depth = dice.below(3); depth > 0; --depth) name = child_of(name, dice);
    names_[name] = draw_types(dice, name.is_wildcard());
  }
  std::erase_if(names_, [this](const auto& entry) { return is_hidden(entry.first); });
}

const Types& Zone::types_at(const Name& name) const {
  static const Types kNone;
  const auto found = names_.find(name);
  return found == names_.end() ? kNone : found->second;
}

bool Zone::exists(const Name& name) const {
  return std::ranges::any_of(names_, [&](const auto& entry) { return entry.first.is_within(name); });
}

bool Zone::is_cut(const Name& name) const { return name != apex_ && types_at(name).contains(Type::NS); }

bool Zone::is_hidden(const Name& name) const {
  return std::ranges::any_of(names_, [&](const auto& entry) {
    const bool hides = is_cut(entry.first) || entry.second.contains(Type::DNAME);
    return hides && name != entry.first && name.is_within(entry.first);
  });
}

Name Zone::closest_encloser(const Name& name) const {
  Name encloser = name;
  while (!exists(encloser)) encloser = encloser.parent();
  return encloser;
}

bool Zone::lacks(const Name& owner, Type type) const {
  const Types& types = types_at(owner);
  if (type == Type::ANY) return types.empty();
  if (type == Type::DS && owner == apex_ && !apex_.is_root()) return false;  // the parent's to say
  if (type != Type::DS && is_cut(owner)) return false;                       // the child's
  return !types.contains(type) && !types.contains(Type::CNAME);
}

bool Zone::is_no_data(const Name& name, Type type) const {
  if (is_hidden(name)) return false;
  if (exists(name)) return lacks(name, type);
  const Name wildcard = closest_encloser(name).child("*").value();
  return exists(wildcard) && lacks(wildcard, type);
}

bool Zone::is_no_name(const Name& name) const {
  return !is_hidden(name) && !exists(name) && !exists(closest_encloser(name).child("*").value());
}

bool Zone::is_in_opt_out_chain(const Name& name) const {
  return std::ranges::any_of(names_, [&](const auto& entry) {
    const bool is_left_out = is_cut(entry.first) && !entry.second.contains(Type::DS);
    return !is_left_out && entry.first.is_within(name);
  });
}

std::vector<wire::RRset> Zone::nsec_chain() const {
  std::vector<wire::RRset> chain;
  for (auto at = names_.begin(); at != names_.end(); ++at) {
    const Name& next = std::next(at) == names_.end() ? apex_ : std::next(at)->first;
    Types types = at->second;
    types.insert({Type::NSEC, Type::RRSIG});
    wire::Bytes rdata(next.wire().begin(), next.wire().end());
    append(rdata, bitmap(types));
    chain.push_back(record(at->first, Type::NSEC, rdata));
  }
  return chain;
}

std::set<Name, CanonicalLess> Zone::all_that_exist() const {
  std::set<Name, CanonicalLess> all;
  for (const auto& [name, types] : names_) {
    for (Name at = name; at != apex_; at = at.parent()) all.insert(at);
  }
  all.insert(apex_);
  return all;
}

std::vector<wire::RRset> Zone::nsec3_chain(const Hashing& hashing) const {
  std::map<Nsec3Hash, Name> hashes;
  for (const Name& name : all_that_exist()) {
    if (hashing.opt_out && !is_in_opt_out_chain(name)) continue;
    hashes.emplace(nsec3_hash(name, hashing.salt, hashing.iterations), name);
  }
  std::vector<wire::RRset> chain;
  for (auto at = hashes.begin(); at != hashes.end(); ++at) {
    const Nsec3Hash& next = std::next(at) == hashes.end() ? hashes.begin()->first : std::next(at)->first;
    Types types = types_at(at->second);
    if (!types.empty() && types != Types{Type::NS}) types.insert(Type::RRSIG);
    wire::Bytes rdata{1, static_cast<std::uint8_t>(hashing.opt_out ? 1 : 0), 0,
                      static_cast<std::uint8_t>(hashing.iterations),
                      static_cast<std::uint8_t>(hashing.salt.size())};
    append(rdata, hashing.salt);
    rdata.push_back(static_cast<std::uint8_t>(next.size()));
    append(rdata, next);
    append(rdata, bitmap(types));
    chain.push_back(record(apex_.child(label_of_hash(at->first)).value(), Type::NSEC3, rdata));
  }
  return chain;
}

Name draw_name(const Zone& zone, Dice& dice) {
  const auto chosen = std::next(zone.names().begin(), dice.below(static_cast<unsigned>(zone.names().size())));
  Name name = chosen->first;
  for (unsigned up = dice.below(3); up > 0 && name != zone.apex(); --up) name = name.parent();
  for (unsigned down = dice.below(4); down > 0; --down) name = child_of(name, dice);
  return name;
}

Hashing draw_hashing(Dice& dice) {
  Hashing hashing{.iterations = static_cast<std::uint16_t>(dice.below(6)), .opt_out = dice.one_in(2)};
  for (unsigned size = dice.below(4); size > 0; --size) {
    hashing.salt.push_back(static_cast<std::uint8_t>(dice.below(256)));
  }
  return hashing;
}

}  // namespace shirube::dnssec::drawn

using namespace shirube::dnssec::drawn;

TEST_CASE("drawn zones have all that makes denial hard") {
  unsigned cuts = 0, wildcards = 0, left_out = 0, empty = 0, hidden = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Dice dice(seed);
    const Zone zone(dice);
    const auto asked = draw_name(zone, dice);
    hidden += zone.is_hidden(asked) ? 1U : 0U;
    empty += zone.exists(asked) && !zone.names().contains(asked) ? 1U : 0U;
    for (const auto& [name, types] : zone.names()) {
      cuts += zone.is_cut(name) ? 1U : 0U;
      wildcards += name.is_wildcard() ? 1U : 0U;
      left_out += zone.is_in_opt_out_chain(name) ? 0U : 1U;
    }
  }
  CHECK(cuts > 100);
  CHECK(wildcards > 100);
  CHECK(left_out > 50);
  CHECK(empty > 20);
  CHECK(hidden > 20);
}
