#include <algorithm>

#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kRewrites{.any_fit = true, .ipv4_only = true};
const wire::Question kAny = ask("example.", Type::ANY);

std::vector<wire::Answer> parts_with_aaaa() {
  std::vector parts(7, denial());
  parts[3] = positive({record("example. 900 IN AAAA 2001:db8::1")});
  return parts;
}

}  // namespace

TEST_CASE("AAAA is withheld inside ANY, and takes no room") {
  Applied applied;
  auto parts = parts_with_aaaa();
  parts[2] = positive({record("example. 300 IN A 192.0.2.1")});
  const auto answer = assemble_any(kAny, parts, edns_client(kRewrites), applied);
  CHECK(types(answer.answer) == std::vector{Type::A});
  CHECK_FALSE(answer.authentic);
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].code == wire::Ede::Filtered);
  CHECK(applied.has(Rewriter::AnyFit));
  CHECK(applied.has(Rewriter::Ipv4OnlyAddress));
}

TEST_CASE("AAAA is not looked up for ANY of a client without IPv6, but for one that sets DO") {
  const auto without = lookups_instead(kAny, plain_client(kRewrites));
  CHECK(std::ranges::find(without, Type::AAAA) == without.end());
  const auto with = lookups_instead(kAny, validating_client(kRewrites));
  CHECK(std::ranges::find(with, Type::AAAA) != with.end());
}

TEST_CASE("a name that has only AAAA has no type for such a client, and exists") {
  Applied applied;
  const auto answer = assemble_any(kAny, parts_with_aaaa(), plain_client(kRewrites), applied);
  CHECK(answer.rcode == wire::Rcode::NoError);
  CHECK(types(answer.answer) == std::vector{Type::HINFO});
  CHECK_FALSE(answer.authentic);
}

TEST_CASE("without any_fit AAAA is withheld from the true answer to ANY") {
  Applied applied;
  auto answer = positive({record("example. 300 IN A 192.0.2.1"), record("example. 300 IN AAAA 2001:db8::1")});
  rewrite(kAny, answer, {}, plain_client({.ipv4_only = true}), applied);
  CHECK(types(answer.answer) == std::vector{Type::A});
  CHECK(answer.authority.empty());
}
