// Questions are led along the aliases that the cache knows, and told where its knowledge ends.
#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
Assembled ask(const AnswerCache& cache, std::string_view name, wire::Type type = wire::Type::A) {
  return assemble(cache, question(name, type), View::Checked, Usable::FreshOnly, at(10));
}
void store(AnswerCache& cache, const wire::RRset& rrset) {
  REQUIRE(cache.store_data(rrset, Rank::Answer, View::Checked, at(0)));
}
}  // namespace

TEST_CASE("an answer holds the whole chain in order, each owner as it was asked for") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("wWw.eXaMple.", "Edge.Example.", 100));
  store(cache, cname("edge.example.", "host.example.", 200));
  store(cache, a_record("HOST.EXAMPLE.", 300));
  const auto answer = ask(cache, "WWW.example.").whole;
  REQUIRE(answer);
  const auto& records = answer->answer.answer;
  REQUIRE(records.size() == 3);
  CHECK(records[0].owner.same_case_as(wire::Name::literal("WWW.example.")));
  CHECK(records[1].owner.same_case_as(wire::Name::literal("Edge.Example.")));
  CHECK(records[2].owner.same_case_as(wire::Name::literal("host.example.")));
  CHECK(records[0].ttl == 90);
  CHECK(records[1].ttl == 190);
  CHECK(records[2].ttl == 290);
  CHECK(answer->answer.rcode == wire::Rcode::NoError);
  CHECK(answer->answer.errors.empty());
}

TEST_CASE("where the chain leads out of the cache, that name is next") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("www.example.", "edge.example.", 100));
  const auto assembled = ask(cache, "www.example.", wire::Type::AAAA);
  CHECK_FALSE(assembled.whole);
  REQUIRE(assembled.partial.chain.size() == 1);
  CHECK(assembled.partial.chain[0].ttl == 90);
  CHECK(assembled.partial.next == question("edge.example.", wire::Type::AAAA));
}

TEST_CASE("nothing known: the question itself is next") {
  const AnswerCache cache({}, kPlenty, kSeed);
  const auto assembled = ask(cache, "www.example.", wire::Type::MX);
  CHECK_FALSE(assembled.whole);
  CHECK(assembled.partial.chain.empty());
  CHECK(assembled.partial.next == question("www.example.", wire::Type::MX));
}

TEST_CASE("a question for the alias is not led along it") {
  AnswerCache cache({}, kPlenty, kSeed);
  store(cache, cname("www.example.", "host.example."));
  store(cache, a_record("host.example.", 300));
  const auto answer = ask(cache, "www.example.", wire::Type::CNAME).whole;
  REQUIRE(answer);
  CHECK(answer->answer.answer.size() == 1);
  CHECK_FALSE(ask(cache, "www.example.", wire::Type::ANY).whole);
}
