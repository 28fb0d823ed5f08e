// Drawn zones, names and types: what a right authority sends proves the truth, and no part of a zone's
// records whatever proves anything else.
#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"
#include "tests/unit/dnssec/drawn_zone.hpp"

using namespace shirube::dnssec;
using namespace shirube::dnssec::drawn;
namespace wire = shirube::wire;
using wire::Name;
using wire::Type;

namespace {

constexpr std::uint64_t kZones = 500;
constexpr int kNamesPerZone = 5;
constexpr std::array kAskedTypes{Type::A,  Type::TXT, Type::MX,    Type::CAA, Type::DS,
                                 Type::NS, Type::SOA, Type::CNAME, Type::ANY};

struct Chain {
  std::vector<wire::RRset> records;
  bool opt_out = false;
};

Denials denials_of(const Zone& zone, const std::vector<const wire::RRset*>& records) {
  return {.zone = zone.apex(), .records = records};
}

std::vector<const wire::RRset*> whole(const Chain& chain) {
  std::vector<const wire::RRset*> all;
  for (const wire::RRset& rrset : chain.records) all.push_back(&rrset);
  return all;
}

std::vector<const wire::RRset*> part(const Chain& chain, Dice& dice) {
  auto some = whole(chain);
  std::erase_if(some, [&](const auto*) { return dice.one_in(3); });
  return some;
}

// The record at or around a name in the chain, by the order of names or hashes.
const wire::RRset* around(const Chain& chain, const Name& key) {
  const wire::RRset* found = &chain.records.back();
  for (const wire::RRset& rrset : chain.records) {
    if (rrset.owner.compare_canonical(key) <= 0) found = &rrset;
  }
  return found;
}

// RFC 4035 §3.1.3 and RFC 5155 §7.2: what goes with any negative answer, wildcard answer or referral.
std::vector<const wire::RRset*> honest(const Zone& zone, const Chain& chain,
                                       const std::optional<Hashing>& hashing, const Name& name) {
  const auto key = [&](const Name& of) {
    if (!hashing) return of;
    return zone.apex().child(label_of_hash(nsec3_hash(of, hashing->salt, hashing->iterations))).value();
  };
  std::vector<const wire::RRset*> records{around(chain, key(name))};
  Name encloser = name;
  while (!zone.exists(encloser) || (chain.opt_out && !zone.is_in_opt_out_chain(encloser))) {
    encloser = encloser.parent();
  }
  records.push_back(around(chain, key(encloser.child("*").value())));
  if (encloser == name) return records;
  records.push_back(around(chain, key(encloser)));
  records.push_back(around(chain, key(name.suffix(encloser.label_count() + 1))));
  return records;
}

void check_never_false(const Zone& zone, const Chain& chain, const std::vector<const wire::RRset*>& records,
                       const Name& name) {
  const Denials denials = denials_of(zone, records);
  Effort effort{.hashes_left = 1'000};
  for (const Type type : kAskedTypes) {
    const Proof proof = prove_no_data(denials, name, type, effort);
    INFO(to_text(type));
    if (proof == Proof::Proven) REQUIRE(zone.is_no_data(name, type));
    if (proof == Proof::OptOut) REQUIRE((chain.opt_out && !zone.is_in_opt_out_chain(name)));
  }
  const Proof no_name = prove_no_name(denials, name, effort);
  if (no_name == Proof::Proven) REQUIRE(zone.is_no_name(name));
  if (no_name == Proof::OptOut) REQUIRE((chain.opt_out && !zone.is_in_opt_out_chain(name)));
  for (Name encloser = name; encloser != zone.apex();) {
    encloser = encloser.parent();
    const Proof proof = prove_nothing_closer(denials, name, encloser, effort);
    // NSEC3's proof takes from the wildcard that its encloser exists, and is not a cut: ask no more.
    const bool is_wildcards = zone.exists(encloser.child("*").value());
    if (proof == Proof::Proven && is_wildcards) {
      REQUIRE((!zone.exists(name) && zone.closest_encloser(name) == encloser));
    }
    if (proof == Proof::OptOut) REQUIRE(chain.opt_out);
  }
  const CutProof no_ds = prove_no_ds(denials, name, effort);
  if (no_ds == CutProof::NoCut) REQUIRE((!zone.is_hidden(name) && !zone.is_cut(name)));
  if (no_ds == CutProof::UnsignedDelegation && !chain.opt_out) {
    REQUIRE((zone.is_cut(name) && zone.is_no_data(name, Type::DS)));
  }
  if (no_ds == CutProof::UnsignedDelegation && zone.is_in_opt_out_chain(name)) FAIL("it is signed");
  REQUIRE_FALSE(says_no_such_name(denials, name, effort));
}

// `weak`: the gap may be one with opt-out.
void check_proven(Proof proof, bool weak) {
  if (weak && proof == Proof::OptOut) return;
  REQUIRE(proof == Proof::Proven);
}

void check_all_proven(const Zone& zone, const Chain& chain, const std::vector<const wire::RRset*>& records,
                      const Name& name) {
  const Denials denials = denials_of(zone, records);
  Effort effort{.hashes_left = 1'000};
  const bool weak = chain.opt_out && !zone.is_in_opt_out_chain(name);
  for (const Type type : kAskedTypes) {
    INFO(to_text(type));
    if (zone.is_no_data(name, type)) check_proven(prove_no_data(denials, name, type, effort), weak);
  }
  if (zone.is_hidden(name)) return;
  if (!zone.exists(name)) {
    const Name encloser = zone.closest_encloser(name);
    // An empty non-terminal above unsigned delegations: no NSEC3 can tell what is below it (RFC 5155 §7.1).
    if (chain.opt_out && !zone.is_in_opt_out_chain(encloser)) return;
    if (zone.is_no_name(name)) check_proven(prove_no_name(denials, name, effort), weak);
    check_proven(prove_nothing_closer(denials, name, encloser, effort), weak);
  }
  if (name == zone.apex()) return;
  const CutProof no_ds = prove_no_ds(denials, name, effort);
  if (zone.is_cut(name)) {
    const bool is_signed = !zone.is_no_data(name, Type::DS);
    REQUIRE(no_ds == (is_signed ? CutProof::NotProven : CutProof::UnsignedDelegation));
  } else if (!weak) {
    REQUIRE(no_ds == CutProof::NoCut);
  }
}

void check_zone(std::uint64_t seed, std::optional<Hashing> hashing, const Zone& zone, Dice& dice) {
  Chain chain{.records = hashing ? zone.nsec3_chain(*hashing) : zone.nsec_chain(),
              .opt_out = hashing && hashing->opt_out};
  for (int i = 0; i < kNamesPerZone; ++i) {
    const Name name = draw_name(zone, dice);
    INFO("seed " << seed << ", " << (hashing ? "NSEC3" : "NSEC") << (chain.opt_out ? " opt-out" : "")
                 << ", asked for " << name.text());
    check_all_proven(zone, chain, honest(zone, chain, hashing, name), name);
    check_never_false(zone, chain, whole(chain), name);
    check_never_false(zone, chain, part(chain, dice), name);
  }
}

}  // namespace

TEST_CASE("NSEC proves the truth and nothing else") {
  for (std::uint64_t seed = 0; seed < kZones; ++seed) {
    Dice dice(seed);
    const Zone zone(dice);
    check_zone(seed, std::nullopt, zone, dice);
  }
}

TEST_CASE("NSEC3 proves the truth and nothing else, with opt-out and without") {
  for (std::uint64_t seed = 0; seed < kZones; ++seed) {
    Dice dice(seed);
    const Zone zone(dice);
    check_zone(seed, draw_hashing(dice), zone, dice);
  }
}
