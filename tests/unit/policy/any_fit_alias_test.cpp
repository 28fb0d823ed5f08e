#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kAnyFit{.any_fit = true};
const wire::RRset kAlias = record("www.example. 300 IN CNAME host.example.");

// What lookups of the other types bring when the name is an alias: the alias, and what its target has.
wire::Answer through_alias(const std::string& target_record) {
  return positive({kAlias, record(target_record)});
}

}  // namespace

TEST_CASE("a CNAME stands alone: nothing of its target") {
  Applied applied;
  const std::vector parts{positive({kAlias}), through_alias("host.example. 300 IN MX 10 mail.example."),
                          through_alias("host.example. 300 IN A 192.0.2.1")};
  const auto answer = assemble_any(ask("www.example.", Type::ANY), parts, plain_client(kAnyFit), applied);
  CHECK(answer.answer == std::vector{kAlias});
  CHECK(answer.authentic);
}

TEST_CASE("the CNAME is found in any part") {
  Applied applied;
  const std::vector parts{failure(), through_alias("host.example. 300 IN MX 10 mail.example.")};
  const auto answer = assemble_any(ask("www.example.", Type::ANY), parts, plain_client(kAnyFit), applied);
  CHECK(answer.answer == std::vector{kAlias});
}

TEST_CASE("an alias to a name that does not exist exists itself") {
  Applied applied;
  auto dangling = denial(wire::Rcode::NxDomain);
  dangling.answer = {kAlias};
  const std::vector parts{positive({kAlias}), dangling};
  const auto answer = assemble_any(ask("www.example.", Type::ANY), parts, plain_client(kAnyFit), applied);
  CHECK(answer.rcode == wire::Rcode::NoError);
  CHECK(answer.answer == std::vector{kAlias});
  CHECK(answer.authority.empty());
}
