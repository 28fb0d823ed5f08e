// A chain is secure when all of its parts are.
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/answer_chain.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::AnswerChain;
using upstream::ChainEnd;
using upstream::Vouching;

namespace {

const Vouching kSecure{.secure = true};

[[nodiscard]] AnswerChain chain(ChainEnd kind, std::vector<Vouching> aliases, Vouching end) {
  AnswerChain made;
  made.kind = kind;
  for (std::size_t i = 0; i < aliases.size(); ++i)
    made.aliases.push_back(record("a.example. 60 IN CNAME b.example."));
  made.alias_vouching = std::move(aliases);
  made.vouching = std::move(end);
  return made;
}

}  // namespace

TEST_CASE("a chain is secure when its end and its aliases are") {
  for (const auto kind : {ChainEnd::Data, ChainEnd::NoData, ChainEnd::NxDomain, ChainEnd::NameTooLong}) {
    CHECK(upstream::is_secure(chain(kind, {}, kSecure)));
    CHECK(upstream::is_secure(chain(kind, {kSecure, kSecure}, kSecure)));
    CHECK_FALSE(upstream::is_secure(chain(kind, {}, {})));
    CHECK_FALSE(upstream::is_secure(chain(kind, {kSecure, kSecure}, {})));
    CHECK_FALSE(upstream::is_secure(chain(kind, {kSecure, {}}, kSecure)));
    CHECK_FALSE(upstream::is_secure(chain(kind, {{}, kSecure}, kSecure)));
  }
}

TEST_CASE("where the end is not told, its aliases alone count") {
  CHECK(upstream::is_secure(chain(ChainEnd::Elsewhere, {kSecure, kSecure}, {})));
  CHECK_FALSE(upstream::is_secure(chain(ChainEnd::Elsewhere, {kSecure, {}}, {})));
}

TEST_CASE("aliases that were not judged are not secure") {
  auto unjudged = chain(ChainEnd::Data, {kSecure, kSecure}, kSecure);
  unjudged.alias_vouching.pop_back();
  CHECK_FALSE(upstream::is_secure(unjudged));
  unjudged.alias_vouching.clear();
  CHECK_FALSE(upstream::is_secure(unjudged));
}

TEST_CASE("a chain that is too long has no end that could be secure") {
  CHECK_FALSE(upstream::is_secure(chain(ChainEnd::TooLong, {kSecure}, {})));
}
