// Drawn zones, of which some records are known: what is answered from them is true.
#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "cache/denial_zone.hpp"
#include "tests/unit/cache/range_samples.hpp"
#include "tests/unit/dnssec/drawn_zone.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace drawn = shirube::dnssec::drawn;
namespace wire = shirube::wire;
using wire::Type;
using Told = RangeAnswer::Kind;

namespace {

constexpr std::array kTypes{Type::A, Type::TXT, Type::MX, Type::CAA, Type::DS, Type::NS, Type::CNAME};

struct Tally {
  unsigned answered[3] = {};
  unsigned missed = 0;  // though all records are known, without opt-out
};

bool is_true(const drawn::Zone& zone, const wire::Name& name, Type type, const RangeAnswer& answer) {
  switch (answer.kind) {
    case Told::NxDomain:
      return zone.is_no_name(name);
    case Told::NoData:
      return zone.is_no_data(name, type);
    case Told::Wildcard:
      break;
  }
  return !zone.is_hidden(name) && !zone.exists(name) &&
         answer.wildcard == zone.closest_encloser(name).child("*").value();
}

void check(const drawn::Zone& zone, const std::vector<wire::RRset>& records, bool is_whole, drawn::Dice& dice,
           Tally& tally) {
  DenialRanges ranges({}, kPlenty, kSeed);
  const wire::RRset soa = soa_of(zone.apex().text());
  for (const wire::RRset& rrset : records) ranges.store(zone.apex(), {rrset}, soa, at(0));
  for (int i = 0; i < 6; ++i) {
    const wire::Name name = drawn::draw_name(zone, dice);
    for (const Type type : kTypes) {
      shirube::dnssec::Effort effort;
      const auto answer = ranges.find({name, type, wire::Class::IN}, at(0), effort);
      INFO(name.text() << " " << to_text(type));
      if (answer) {
        REQUIRE(is_true(zone, name, type, *answer));
        ++tally.answered[static_cast<std::size_t>(answer->kind)];
      } else if (is_whole && (zone.is_no_name(name) || zone.is_no_data(name, type))) {
        ++tally.missed;
      }
    }
  }
}

}  // namespace

TEST_CASE("NSEC: no false answer from any part of a zone, and all answers from the whole") {
  Tally tally;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    drawn::Dice dice(seed);
    const drawn::Zone zone(dice);
    auto records = zone.nsec_chain();
    const bool is_whole = dice.one_in(2);
    if (!is_whole) std::erase_if(records, [&](const auto&) { return dice.one_in(3); });
    INFO("seed " << seed);
    check(zone, records, is_whole, dice, tally);
  }
  for (const unsigned count : tally.answered) CHECK(count > 100);
  CHECK(tally.missed == 0);
}

TEST_CASE("NSEC3: no false answer from any part of a zone, and all answers from the whole") {
  Tally tally;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    drawn::Dice dice(seed);
    const drawn::Zone zone(dice);
    const auto hashing = drawn::draw_hashing(dice);
    auto records = zone.nsec3_chain(hashing);
    const bool is_whole = dice.one_in(2);
    if (!is_whole) std::erase_if(records, [&](const auto&) { return dice.one_in(3); });
    INFO("seed " << seed);
    check(zone, records, is_whole && !hashing.opt_out, dice, tally);
  }
  for (const unsigned count : tally.answered) CHECK(count > 100);
  CHECK(tally.missed == 0);
}

TEST_CASE("the keys of NSEC records are in canonical order") {
  drawn::Dice dice(1);
  const auto draw = [&dice] {
    wire::Name name;
    for (unsigned labels = dice.below(4); labels > 0; --labels) {
      wire::Bytes label;
      for (unsigned octets = 1 + dice.below(3); octets > 0; --octets) {
        constexpr std::array<std::uint8_t, 8> kOctets{0, 1, 2, 'A', 'a', 'b', '.', 255};
        label.push_back(kOctets[dice.below(kOctets.size())]);
      }
      name = name.child(label).value();
    }
    return name;
  };
  const auto sign = [](auto order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
  for (int i = 0; i < 20'000; ++i) {
    const wire::Name a = draw();
    const wire::Name b = draw();
    INFO(a.text() << " and " << b.text());
    REQUIRE(sign(order_key(a, 0) <=> order_key(b, 0)) == sign(a.compare_canonical(b)));
  }
}
