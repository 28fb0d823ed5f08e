#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kAnyFit{.any_fit = true};
const wire::Question kAny = ask("example.", Type::ANY);

// A name that has data, none of which fits 512 bytes.
std::vector<wire::Answer> too_big() {
  std::vector parts(7, denial());
  parts[1] = positive({many_mx(40)});
  parts[6] = positive({record("example. 120 IN TXT " + std::string("\"") + std::string(250, 'x') + "\" \"" +
                              std::string(250, 'y') + "\"")});
  return parts;
}

}  // namespace

TEST_CASE("when nothing fits the answer is the HINFO of RFC 8482, never empty") {
  Applied applied;
  const auto answer = assemble_any(kAny, too_big(), plain_client(kAnyFit), applied);
  REQUIRE(types(answer.answer) == std::vector{Type::HINFO});
  CHECK(answer.answer[0].owner == kAny.name);
  CHECK(answer.answer[0].ttl == 120);
  CHECK(texts(answer.answer[0]) == std::vector<std::string>{"\"RFC8482\" \"\""});
  CHECK(answer.authority.empty());
  CHECK_FALSE(answer.authentic);
  CHECK(answer.errors.empty());  // no OPT to put one into
  CHECK(applied.has(Rewriter::AnyFit));
}

TEST_CASE("an EDNS client is told that the HINFO is synthesized") {
  Applied applied;
  const auto answer = assemble_any(kAny, too_big(), edns_client(kAnyFit, 512), applied);
  REQUIRE(types(answer.answer) == std::vector{Type::HINFO});
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].code == wire::Ede::Synthesized);
}

TEST_CASE("a validating client gets the truth to be truncated, not a HINFO") {
  Applied applied;
  const auto answer = assemble_any(kAny, too_big(), validating_client(kAnyFit, 512), applied);
  CHECK(types(answer.answer) == std::vector{Type::MX});
  CHECK(answer.answer[0].rdatas.count() == 40);
  CHECK(answer.authentic);
  CHECK(answer.errors.empty());
}
