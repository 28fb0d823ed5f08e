#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kAnyFit{.any_fit = true, .fit_512 = true, .ipv4_only = true, .mx_additional = true};
const wire::Question kAny = ask("a.example.", Type::ANY);

}  // namespace

TEST_CASE("signatures count for a client that set DO") {
  Applied applied;
  std::vector parts(7, denial());
  parts[1] = positive({with_signature(record("a.example. 300 IN MX 10 mail.example."), 600)});
  parts[2] = positive({with_signature(record("a.example. 300 IN A 192.0.2.1"), 100)});
  CHECK(types(assemble_any(kAny, parts, validating_client(kAnyFit, 512), applied).answer) ==
        std::vector{Type::A});
  CHECK(types(assemble_any(kAny, parts, validating_client(kAnyFit, 1232), applied).answer) ==
        std::vector{Type::MX, Type::A});
  CHECK(types(assemble_any(kAny, parts, edns_client({.any_fit = true}, 512), applied).answer) ==
        std::vector{Type::MX, Type::A});
}

TEST_CASE("the proof behind a wildcard goes along, once, to clients that set DO only") {
  Applied applied;
  const auto proof = record("example. 300 IN NSEC z.example. A RRSIG NSEC");
  std::vector parts(7, denial());
  for (const std::size_t i : {1U, 2U}) {
    parts[i] = positive(
        {record(i == 1 ? "a.example. 300 IN MX 10 mail.example." : "a.example. 300 IN A 192.0.2.1")});
    parts[i].authority = {record("example. 300 IN NS ns.example."), proof};
  }
  const auto validating = assemble_any(kAny, parts, validating_client(kAnyFit), applied);
  CHECK(types(validating.answer) == std::vector{Type::MX, Type::A});
  CHECK(validating.authority == std::vector{proof});
  CHECK(assemble_any(kAny, parts, edns_client(kAnyFit), applied).authority.empty());
}

TEST_CASE("the DNAME behind a CNAME goes to clients that set DO only") {
  Applied applied;
  const std::vector parts{positive(
      {record("example. 300 IN DNAME example.net."), record("a.example. 300 IN CNAME a.example.net.")})};
  CHECK(types(assemble_any(kAny, parts, validating_client(kAnyFit), applied).answer) ==
        std::vector{Type::DNAME, Type::CNAME});
  CHECK(types(assemble_any(kAny, parts, edns_client(kAnyFit), applied).answer) == std::vector{Type::CNAME});
}

TEST_CASE("AAAA is not withheld from a client that set DO") {
  Applied applied;
  std::vector parts(7, denial());
  parts[3] = positive({record("a.example. 300 IN AAAA 2001:db8::1")});
  auto answer = assemble_any(kAny, parts, validating_client(kAnyFit), applied);
  rewrite(kAny, answer, {}, validating_client(kAnyFit), applied);
  CHECK(types(answer.answer) == std::vector{Type::AAAA});
  CHECK_FALSE(applied.has(Rewriter::Ipv4OnlyAddress));
}
