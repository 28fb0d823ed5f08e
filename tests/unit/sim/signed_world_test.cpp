#include <catch2/catch.hpp>

#include "sim/world.hpp"
#include "tests/unit/sim/signed_zones.hpp"

using namespace shirube;
using wire::Name;
using wire::Type;

namespace {

constexpr std::string_view kParentText = "@ 300 SOA ns1 h 1 2 3 4 60\n@ 300 NS ns1\nns1 300 A 192.0.2.3\n";

struct Family {
  sim::World world;
  std::size_t parent = world.add_zone("example", kParentText);
  std::size_t child = world.add_zone("a.example", test::kSignedText);
  [[nodiscard]] const wire::RRset* ds() {
    return world.zone(parent).find(Name::literal("a.example"), Type::DS);
  }
};

}  // namespace

TEST_CASE("the zone above gets the DS, whether the child is signed before its delegation or after it") {
  Family before;
  before.world.sign(before.child);
  CHECK(before.ds() == nullptr);
  before.world.delegate(before.child);
  Family after;
  after.world.delegate(after.child);
  CHECK(after.ds() == nullptr);
  after.world.sign(after.child);
  REQUIRE(before.ds() != nullptr);
  REQUIRE(after.ds() != nullptr);
  CHECK(before.ds()->rdatas == after.ds()->rdatas);
  CHECK(before.ds()->rdatas == after.world.zone(after.child).signer()->trust_anchor().ds);
}

TEST_CASE("the DS fits the key-signing key, as ldns sees it") {
  Family family;
  family.world.delegate(family.child);
  family.world.sign(family.child);
  const auto ds = sim::ldns_records(*family.ds());
  const auto keys =
      sim::ldns_records(*family.world.zone(family.child).find(Name::literal("a.example"), Type::DNSKEY));
  CHECK(ldns_rr_compare_ds(ldns_rr_list_rr(keys.get(), 0), ldns_rr_list_rr(ds.get(), 0)));
  CHECK_FALSE(ldns_rr_compare_ds(ldns_rr_list_rr(keys.get(), 1), ldns_rr_list_rr(ds.get(), 0)));
}

TEST_CASE("signed again, a zone has other keys and another DS") {
  Family family;
  family.world.delegate(family.child);
  family.world.sign(family.child);
  const auto old = family.ds()->rdatas;
  family.world.sign(family.child, {.generation = 1});
  CHECK(family.ds()->rdatas != old);
  CHECK(family.ds()->rdatas.count() == 1);
}

TEST_CASE("the truth of a signed world has no proofs") {
  Family family;
  family.world.delegate(family.child);
  const wire::Question question{Name::literal("none.a.example"), Type::A, wire::Class::IN};
  const auto before = family.world.truth(question);
  family.world.sign(family.child);
  family.world.sign(family.parent);
  const auto after = family.world.truth(question);
  CHECK(after.rcode == before.rcode);
  CHECK(after.authority == before.authority);
}

TEST_CASE("a recursor passes the proofs of every link of a chain on") {
  Family family;
  family.world.delegate(family.child);
  family.world.sign(family.child);
  family.world.sign(family.parent);
  family.world.zone(family.parent).add("*.wild 300 CNAME x.wild.a.example.\n");
  const auto& host = family.world.add_host("192.0.2.9", sim::Role::Recursor);
  const auto answer = family.world.honest(host, {Name::literal("x.wild.example"), Type::A, wire::Class::IN});
  REQUIRE(answer.answer.size() == 2);
  CHECK(test::is_signed_well(answer.answer[0], family.world.zone(family.parent)));
  CHECK(test::is_signed_well(answer.answer[1], family.world.zone(family.child)));
  REQUIRE(answer.authority.size() == 2);
  CHECK(test::is_signed_well(answer.authority[0], family.world.zone(family.parent)));
  CHECK(test::is_signed_well(answer.authority[1], family.world.zone(family.child)));
}

TEST_CASE("parent and child have different keys") {
  for (const auto algorithm : {dnssec::Algorithm::RsaSha256, dnssec::Algorithm::Ed25519}) {
    Family family;
    family.world.sign(family.child, {.algorithm = algorithm});
    family.world.sign(family.parent, {.algorithm = algorithm});
    CHECK(family.world.zone(family.child).signer()->dnskeys(1).rdatas !=
          family.world.zone(family.parent).signer()->dnskeys(1).rdatas);
  }
}
