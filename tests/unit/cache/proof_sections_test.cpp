// What is kept beside an entry goes along with it: the DNAME in front of the CNAME that it makes, all else
// into the authority section.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;
using wire::Type;

namespace {

wire::RRset dname(std::string_view owner, std::string_view target, std::uint32_t ttl) {
  auto rrset = cname(owner, target, ttl);
  rrset.type = Type::DNAME;
  return rrset;
}

wire::RRset nsec(std::string_view owner, std::uint32_t ttl) {
  auto rrset = cname(owner, "next.example.", ttl);
  rrset.type = Type::NSEC;
  return rrset;
}

void store(AnswerCache& cache, const wire::RRset& rrset, std::vector<wire::RRset> proof = {}) {
  REQUIRE(cache.store_data(rrset, Rank::Answer, View::Checked, at(0), std::move(proof)));
}

Assembled ask(const AnswerCache& cache, std::string_view name, double seconds) {
  return assemble(cache, question(name), View::Checked, Usable::FreshOnly, at(seconds));
}

std::vector<Type> types_of(const std::vector<wire::RRset>& rrsets) {
  std::vector<Type> types;
  for (const auto& rrset : rrsets) types.push_back(rrset.type);
  return types;
}

using Types = std::vector<Type>;

}  // namespace

TEST_CASE("a DNAME stands in front of the CNAME that it makes, and lives no longer") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("www.old.example.", "www.new.example.", 100),
        {dname("old.example.", "new.example.", 900)});
  store(cache, a_record("www.new.example.", 300));
  const auto answer = ask(cache, "www.old.example.", 10).whole;
  REQUIRE(answer);
  const auto& records = answer->answer.answer;
  REQUIRE(types_of(records) == Types{Type::DNAME, Type::CNAME, Type::A});
  CHECK(records[0] == dname("old.example.", "new.example.", 90));
  CHECK(records[1].ttl == 90);
  CHECK(records[2].ttl == 290);
  CHECK(answer->answer.authority.empty());
}

TEST_CASE("a chain that leads out of the cache keeps its DNAME") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("www.old.example.", "www.new.example.", 100),
        {dname("old.example.", "new.example.", 100)});
  const auto assembled = ask(cache, "www.old.example.", 0);
  CHECK_FALSE(assembled.whole);
  CHECK(types_of(assembled.partial.chain) == Types{Type::DNAME, Type::CNAME});
  CHECK(assembled.partial.proof.empty());
  CHECK(assembled.partial.next == question("www.new.example."));
}

TEST_CASE("the NSEC of a wildcard's data goes into the authority section") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, a_record("host.example.", 100), {nsec("example.", 900)});
  const auto answer = ask(cache, "host.example.", 10).whole;
  REQUIRE(answer);
  CHECK(types_of(answer->answer.answer) == Types{Type::A});
  REQUIRE(types_of(answer->answer.authority) == Types{Type::NSEC});
  CHECK(answer->answer.authority[0].ttl == 90);
}

TEST_CASE("the denial at the end of a chain goes before what proves the links") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("a.example.", "b.example.", 100), {nsec("a-proof.example.", 100)});
  store(cache, cname("b.example.", "gone.example.", 100), {nsec("b-proof.example.", 100)});
  auto proof = soa_proof(60, 60);
  proof.push_back(nsec("gone-proof.example.", 60));
  REQUIRE(cache.store_negative(key("gone.example."), Kind::NxDomain, proof, at(0)));
  const auto answer = ask(cache, "a.example.", 0).whole;
  REQUIRE(answer);
  CHECK(types_of(answer->answer.answer) == Types{Type::CNAME, Type::CNAME});
  const auto& authority = answer->answer.authority;
  REQUIRE(types_of(authority) == Types{Type::SOA, Type::NSEC, Type::NSEC, Type::NSEC});
  CHECK(authority[1].owner == wire::Name::literal("gone-proof.example."));
  CHECK(authority[2].owner == wire::Name::literal("b-proof.example."));
  CHECK(authority[3].owner == wire::Name::literal("a-proof.example."));
}

TEST_CASE("a chain that leads out of the cache keeps what proves its links") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("a.example.", "b.example.", 100), {nsec("a-proof.example.", 100)});
  const auto assembled = ask(cache, "a.example.", 0);
  CHECK_FALSE(assembled.whole);
  CHECK(types_of(assembled.partial.chain) == Types{Type::CNAME});
  CHECK(types_of(assembled.partial.proof) == Types{Type::NSEC});
}
