// Chains of aliases are bounded: loops end, and end with a reason.
#include <string>

#include <catch2/catch.hpp>

#include "cache/cached_answer.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
// n0 -> n1 -> … -> n<links>, which has an address.
void store_chain(AnswerCache& cache, unsigned links) {
  const auto name = [](unsigned i) { return "n" + std::to_string(i) + ".example."; };
  for (unsigned i = 0; i < links; ++i) {
    REQUIRE(cache.store_data(cname(name(i), name(i + 1)), Rank::Answer, View::Checked, at(0)));
  }
  REQUIRE(cache.store_data(a_record(name(links), 300), Rank::Answer, View::Checked, at(0)));
}
CachedAnswer ask(const AnswerCache& cache, std::string_view name) {
  auto answer = assemble(cache, question(name), View::Checked, Usable::FreshOnly, at(0)).whole;
  REQUIRE(answer);
  return *std::move(answer);
}
}  // namespace

TEST_CASE("eleven aliases are followed") {
  AnswerCache cache({}, kPlenty, kSeed);
  store_chain(cache, kMaxAliases);
  const auto answer = ask(cache, "n0.example.").answer;
  CHECK(answer.rcode == wire::Rcode::NoError);
  CHECK(answer.answer.size() == 12);
}

TEST_CASE("twelve are not") {
  AnswerCache cache({}, kPlenty, kSeed);
  store_chain(cache, kMaxAliases + 1);
  const auto answer = ask(cache, "n0.example.").answer;
  CHECK(answer.rcode == wire::Rcode::ServFail);
  CHECK(answer.answer.empty());
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].code == wire::Ede::Other);
  CHECK_FALSE(answer.errors[0].text.empty());
}

TEST_CASE("a loop is a failure until its aliases expire") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(cname("a.example.", "b.example.", 100), Rank::Answer, View::Checked, at(0)));
  REQUIRE(cache.store_data(cname("b.example.", "A.example.", 50), Rank::Answer, View::Checked, at(0)));
  const auto looped = ask(cache, "a.example.");
  CHECK(looped.answer.rcode == wire::Rcode::ServFail);
  CHECK(looped.expires == at(50));
}

TEST_CASE("an alias of itself is a failure") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(cname("a.example.", "a.example."), Rank::Answer, View::Checked, at(0)));
  CHECK(ask(cache, "a.example.").answer.rcode == wire::Rcode::ServFail);
}
