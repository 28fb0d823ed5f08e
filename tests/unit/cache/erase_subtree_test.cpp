// After a change of the configuration a zone is dropped with all that is below it, and nothing else.
#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {

const auto kCorp = wire::Name::literal("CORP.example.");

}  // namespace

TEST_CASE("data, denials, failures and delegations of both views go, at the zone and below it") {
  AnswerCache cache({}, kPlenty, kSeed);
  for (const auto view : {View::Checked, View::Unchecked}) {
    cache.store_data(a_record("corp.example.", 300), Rank::Answer, view, at(0));
    cache.store_data(a_record("www.Corp.example.", 300), Rank::Answer, view, at(0));
    cache.store_negative(key("gone.corp.example.", wire::Type::A, view), Kind::NxDomain, soa_proof(60, 60),
                         at(0));
    cache.store_failure(key("a.fails.corp.example.", wire::Type::A, view), {}, at(0));
  }
  auto servers = cname("sub.corp.example.", "ns.corp.example.");
  servers.type = wire::Type::NS;
  cache.store_delegation(servers, {}, at(600), at(0));
  cache.erase_subtree(kCorp);
  for (const auto view : {View::Checked, View::Unchecked}) {
    for (const auto* name :
         {"corp.example.", "www.corp.example.", "gone.corp.example.", "a.fails.corp.example."}) {
      CAPTURE(name);
      CHECK_FALSE(cache.find(key(name, wire::Type::A, view), at(0)));
      CHECK(cache.find_last_failure(key(name, wire::Type::A, view), at(0)) == nullptr);
    }
  }
  CHECK(cache.find_delegation(wire::Name::literal("sub.corp.example."), at(0)) == nullptr);
  CHECK(cache.statistics().entries == 0);
}

TEST_CASE("names beside and above the zone stay, also those that only end in the same letters") {
  AnswerCache cache({}, kPlenty, kSeed);
  for (const auto* name : {"example.", "www.example.", "xcorp.example.", "corp.example.net.", "corp."})
    cache.store_data(a_record(name, 300), Rank::Answer, View::Checked, at(0));
  // The label holds the octets of the zone's wire format, but is one label.
  cache.store_data(a_record("a\\004corp.example.", 300), Rank::Answer, View::Checked, at(0));
  cache.erase_subtree(kCorp);
  CHECK(cache.statistics().entries == 6);
}

TEST_CASE("a large cache loses all of the zone and keeps all else") {
  AnswerCache cache({}, kPlenty, kSeed);
  for (int i = 0; i < 3'000; ++i) {
    cache.store_data(a_record("n" + std::to_string(i) + ".corp.example.", 300), Rank::Answer, View::Checked,
                     at(0));
    cache.store_data(a_record("n" + std::to_string(i) + ".example.", 300), Rank::Answer, View::Checked,
                     at(0));
  }
  cache.erase_subtree(kCorp);
  CHECK(cache.statistics().entries == 3'000);
  for (int i = 0; i < 3'000; ++i) CHECK(cache.find(key("n" + std::to_string(i) + ".example."), at(0)));
  cache.erase_subtree(wire::Name());
  CHECK(cache.statistics().entries == 0);
}

TEST_CASE("denial ranges of zones at and below the zone go, those of others stay") {
  AnswerCache cache({}, kPlenty, kSeed);
  auto& ranges = cache.ranges();
  store(ranges, "example.", {"b.example. 60 IN NSEC e.example. A"});
  store(ranges, "corp.example.",
        {"b.corp.example. 60 IN NSEC e.corp.example. A", "e.corp.example. 60 IN NSEC g.corp.example. A"});
  store(ranges, "sub.corp.example.", {"b.sub.corp.example. 60 IN NSEC e.sub.corp.example. A"});
  REQUIRE(ranges.statistics().zones == 3);
  cache.erase_subtree(kCorp);
  CHECK(ranges.statistics().zones == 1);
  CHECK(ranges.statistics().records == 1);
}
