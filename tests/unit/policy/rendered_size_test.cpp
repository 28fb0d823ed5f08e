#include <catch2/catch.hpp>

#include "policy/fitting.hpp"
#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

TEST_CASE("the size is that of the rendered reply") {
  const auto question = ask("example.", Type::MX);
  auto answer = positive({with_signature(many_mx(5), 96)});
  const std::size_t plain = render_plain(question, answer).size();
  CHECK(rendered_size(question, answer, {}) == plain);

  constexpr std::size_t kOpt = 11, kRrsig = 2 + 10 + 96;
  CHECK(rendered_size(question, answer, {.edns = true}) == plain + kOpt);
  CHECK(rendered_size(question, answer, {.edns = true, .with_signatures = true}) == plain + kOpt + kRrsig);

  constexpr std::size_t kOption = 4 + 2;
  answer.errors = {{.code = wire::Ede::Filtered, .text = "reason"}};
  CHECK(rendered_size(question, answer, {.edns = true}) == plain + kOpt + kOption + 6);
  CHECK(rendered_size(question, answer, {}) == plain);
}

TEST_CASE("what is over the limit has no size") {
  const auto question = ask("example.", Type::MX);
  const auto answer = positive({many_mx(5)});
  const std::size_t plain = render_plain(question, answer).size();
  CHECK(rendered_size(question, answer, {.limit = plain}) == plain);
  CHECK_FALSE(rendered_size(question, answer, {.limit = plain - 1}));
}
