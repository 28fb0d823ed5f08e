#include <sstream>

#include <catch2/catch.hpp>

#include "sim/denial_records.hpp"
#include "tests/unit/sim/signed_zones.hpp"

using namespace shirube;
using sim::DenialForm;
using test::ask;
using wire::Name;
using wire::Type;

namespace {

const sim::Signing kPlain{.denial = DenialForm::Nsec3};
const sim::Signing kSalted{.denial = DenialForm::Nsec3, .iterations = 3, .salt = {0xab, 0xcd}};
const sim::Signing kOptOut{.denial = DenialForm::Nsec3, .opt_out = true};

// The NSEC3 records of an answer, and what they say about names.
class Reading {
 public:
  explicit Reading(const sim::Signing& signing) : signing_(signing), zone_(test::signed_zone(signing)) {}

  [[nodiscard]] std::size_t records(std::string_view name, Type type) {
    records_ = test::of_type(ask(zone_, name, type).authority, Type::NSEC3);
    CHECK(test::all_signed_well(records_, zone_));
    return records_.size();
  }
  [[nodiscard]] bool matches(std::string_view name) const {
    const auto owner = owner_of(name);
    return std::ranges::any_of(records_, [&](const auto& rrset) { return rrset.owner == owner; });
  }
  // The order of hashes is that of their texts.
  [[nodiscard]] bool covers(std::string_view name) const {
    const auto hash = hash_text(owner_of(name));
    return std::ranges::any_of(records_, [&](const wire::RRset& rrset) {
      const auto from = hash_text(rrset.owner);
      const auto to = next_hash(rrset);
      return from < to ? from < hash && hash < to : from < hash || hash < to;
    });
  }

 private:
  [[nodiscard]] Name owner_of(std::string_view name) const {
    return sim::nsec3_owner(Name::literal(name), zone_.apex(), signing_);
  }
  [[nodiscard]] static std::string hash_text(const Name& owner) {
    const auto label = owner.first_label();
    return {label.begin(), label.end()};
  }
  [[nodiscard]] static std::string next_hash(const wire::RRset& rrset) {
    std::istringstream fields(wire::rdata_text(rrset.type, *rrset.rdatas.begin()));
    std::string field;
    for (int i = 0; i < 5; ++i) fields >> field;
    return field;
  }

  sim::Signing signing_;
  sim::Zone zone_;
  std::vector<wire::RRset> records_;
};

}  // namespace

TEST_CASE("NSEC3: the very name says which types it has, empty non-terminals that they have none") {
  for (const auto& signing : {kPlain, kSalted}) {
    Reading proof(signing);
    CHECK(proof.records("www.a.example", Type::AAAA) == 1);
    CHECK(proof.matches("www.a.example"));
    CHECK(proof.records("ent.a.example", Type::AAAA) == 1);
    CHECK(proof.matches("ent.a.example"));
  }
}

TEST_CASE("NSEC3: a name that does not exist: closest encloser, next closer name, wildcard") {
  for (const auto& signing : {kPlain, kSalted, kOptOut}) {
    Reading proof(signing);
    CHECK(proof.records("x.none.www.a.example", Type::A) <= 3);
    CHECK(proof.matches("www.a.example"));
    CHECK(proof.covers("none.www.a.example"));
    CHECK(proof.covers("*.www.a.example"));
  }
}

TEST_CASE("NSEC3: an answer from a wildcard, and a wildcard without the type") {
  Reading proof(kPlain);
  CHECK(proof.records("x.y.wild.a.example", Type::A) == 1);
  CHECK(proof.covers("y.wild.a.example"));
  CHECK(proof.records("x.y.wild.a.example", Type::AAAA) <= 3);
  CHECK(proof.matches("wild.a.example"));
  CHECK(proof.covers("y.wild.a.example"));
  CHECK(proof.matches("*.wild.a.example"));
  const auto zone = test::signed_zone(kPlain);
  CHECK(test::is_signed_well(ask(zone, "x.y.wild.a.example", Type::A).answer.at(0), zone));
}

TEST_CASE("NSEC3: a wildcard that is but an empty non-terminal") {
  Reading proof(kPlain);
  CHECK(proof.records("x.deep.a.example", Type::A) <= 3);
  CHECK(proof.matches("deep.a.example"));
  CHECK(proof.matches("*.deep.a.example"));
}

TEST_CASE("NSEC3: an unsigned delegation has its record, with opt-out a gap") {
  Reading proof(kPlain);
  CHECK(proof.records("www.cut.a.example", Type::A) == 1);
  CHECK(proof.matches("cut.a.example"));
  Reading gap(kOptOut);
  CHECK(gap.records("www.cut.a.example", Type::A) <= 2);
  CHECK(gap.matches("a.example"));
  CHECK(gap.covers("cut.a.example"));
  CHECK_FALSE(gap.matches("cut.a.example"));
  CHECK(gap.records("cut.a.example", Type::DS) <= 2);
  CHECK(gap.covers("cut.a.example"));
  CHECK(gap.records("www.safe.a.example", Type::A) == 0);
}

TEST_CASE("NSEC3: opt-out stands in every record, and nowhere else") {
  for (const auto& signing : {kPlain, kOptOut}) {
    const auto zone = test::signed_zone(signing);
    const auto records = test::of_type(ask(zone, "x.none.www.a.example", Type::A).authority, Type::NSEC3);
    REQUIRE(!records.empty());
    for (const auto& record : records)
      CHECK((*record.rdatas.begin())[1] == static_cast<int>(signing.opt_out));
    CHECK(test::lines(ask(zone, "a.example", Type::NSEC3PARAM).answer) ==
          test::Lines{"a.example. NSEC3PARAM 1 0 0 -"});
  }
}

TEST_CASE("NSEC3: the owner of a record is no name of the zone") {
  const auto zone = test::signed_zone(kPlain);
  const auto owner = sim::nsec3_owner(Name::literal("www.a.example"), zone.apex(), kPlain);
  const auto answer = ask(zone, owner.text(), Type::NSEC3);
  CHECK(answer.rcode == wire::Rcode::NxDomain);
  CHECK(answer.answer.empty());
}
