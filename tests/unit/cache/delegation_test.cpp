// What a parent says of a zone's servers: beside the answers of the name, and no longer than the parent
// itself is delegated (ghost and Phoenix domains, CVE-2022-30698, CVE-2022-30699).
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;
using wire::Seconds;

namespace {

constexpr double kLater = 100'000;

wire::RRset servers(std::uint32_t ttl, std::string_view server = "ns.example.") {
  auto rrset = cname("example.", server, ttl);
  rrset.type = wire::Type::NS;
  return rrset;
}

EntryPtr find(const AnswerCache& cache, double seconds, std::string_view zone = "example.") {
  return cache.find_delegation(wire::Name::literal(zone), at(seconds));
}

}  // namespace

TEST_CASE("a delegation is found for exactly its zone, with its glue, until it expires") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_delegation(servers(300), {a_record("ns.example.", 600, 7)}, at(kLater), at(0));
  const auto entry = find(cache, 299, "EXAMPLE.");
  REQUIRE(entry);
  CHECK(entry->kind == Kind::Delegation);
  CHECK(entry->rrset == servers(300));
  REQUIRE(entry->proof.size() == 1);
  CHECK(entry->proof[0] == a_record("ns.example.", 300, 7));
  CHECK_FALSE(entry->authentic);
  CHECK_FALSE(find(cache, 300));
  CHECK_FALSE(find(cache, 0, "a.example."));
  CHECK_FALSE(find(cache, 0, "."));
}

TEST_CASE("it ends with its parent's delegation, whatever its TTL") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_delegation(servers(86'400), {a_record("ns.example.", 86'400)}, at(60), at(0));
  CHECK(find(cache, 59)->lifetime == Seconds(60));
  CHECK(find(cache, 59)->proof[0].ttl == 60);
  CHECK_FALSE(find(cache, 60));
}

TEST_CASE("told again by a parent that is itself about to end it does not live longer") {
  AnswerCache cache({}, kPlenty, kSeed);
  for (double now = 0; now < 60; now += 10) cache.store_delegation(servers(86'400), {}, at(60), at(now));
  CHECK(find(cache, 59));
  CHECK_FALSE(find(cache, 60));
  // Once the parent has ended it is for the lookup under way only.
  cache.store_delegation(servers(86'400), {}, at(60), at(70));
  CHECK_FALSE(find(cache, 70.001));
}

TEST_CASE("the maximum lowers its lifetime, the minimum does not raise it, and it never serves stale") {
  CacheSettings settings;
  settings.min_ttl = Seconds(900);
  settings.max_ttl = Seconds(1800);
  AnswerCache cache(settings, kPlenty, kSeed);
  cache.store_delegation(servers(60), {}, at(kLater), at(0));
  CHECK(find(cache, 0)->lifetime == Seconds(60));
  CHECK_FALSE(find(cache, 60));
  cache.store_delegation(servers(86'400), {}, at(kLater), at(0));
  CHECK(find(cache, 0)->lifetime == Seconds(1800));
}

TEST_CASE("it is no answer, and none for the NS of its zone") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_delegation(servers(300), {a_record("ns.example.", 300)}, at(kLater), at(0));
  CHECK_FALSE(cache.find(key("example.", wire::Type::NS), at(0)));
  CHECK_FALSE(cache.find(key("example.", wire::Type::NS, View::Unchecked), at(0)));
  CHECK_FALSE(cache.find(key("ns.example."), at(0)));
  const auto assembled =
      assemble(cache, question("example.", wire::Type::NS), View::Checked, Usable::StaleToo, at(0));
  CHECK_FALSE(assembled.whole);
  CHECK_FALSE(assembled.stale_seen);
}

TEST_CASE("delegation and answers of a name leave each other alone") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_delegation(servers(300, "parent.example."), {}, at(kLater), at(0));
  REQUIRE(cache.store_data(servers(300, "child.example."), Rank::AuthoritativeAnswer, View::Checked, at(0)));
  CHECK(find(cache, 0)->rrset == servers(300, "parent.example."));
  cache.store_delegation(servers(300, "moved.example."), {}, at(kLater), at(0));
  CHECK(find(cache, 0)->rrset == servers(300, "moved.example."));
  CHECK(cache.find(key("example.", wire::Type::NS), at(0))->entry->rrset == servers(300, "child.example."));
  REQUIRE(cache.store_negative(key("example."), Kind::NxDomain, soa_proof(60, 60), at(0),
                               Rank::AuthoritativeAnswer));
  CHECK(find(cache, 0));
  cache.store_delegation(servers(300), {}, at(kLater), at(0));
  CHECK(cache.find(key("example."), at(0))->entry->kind == Kind::NxDomain);
}

TEST_CASE("a delegation ends no run of failures") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_failure(key("example.", wire::Type::NS), {}, at(0));
  cache.store_delegation(servers(300), {}, at(kLater), at(0));
  CHECK(cache.find_failure(key("example.", wire::Type::NS), at(0)));
}

TEST_CASE("flushing the name flushes its delegation") {
  AnswerCache cache({}, kPlenty, kSeed);
  cache.store_delegation(servers(300), {}, at(kLater), at(0));
  cache.erase(wire::Name::literal("other."));
  CHECK(find(cache, 0));
  cache.erase(wire::Name::literal("Example."));
  CHECK_FALSE(find(cache, 0));
}
