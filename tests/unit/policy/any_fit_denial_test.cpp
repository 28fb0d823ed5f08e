#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Rcode;
using wire::Type;

namespace {

constexpr Rewrites kAnyFit{.any_fit = true};

wire::Answer assemble(const std::vector<wire::Answer>& parts, Applied& applied, bool dnssec_ok = false) {
  const auto client = dnssec_ok ? validating_client(kAnyFit) : plain_client(kAnyFit);
  return assemble_any(ask("example.", Type::ANY), parts, client, applied);
}

}  // namespace

TEST_CASE("a name without any of the types may have others: the HINFO of RFC 8482 says that it exists") {
  Applied applied;
  const auto answer = assemble(std::vector(7, denial()), applied);
  CHECK(answer.rcode == Rcode::NoError);
  REQUIRE(types(answer.answer) == std::vector{Type::HINFO});
  CHECK(answer.answer[0].ttl == 60);
  CHECK(answer.authority.empty());
  CHECK_FALSE(answer.authentic);
  CHECK(applied.has(Rewriter::AnyFit));
}

TEST_CASE("with DO the NSEC of the name stands for its other types: a HINFO would be bogus") {
  Applied applied;
  std::vector parts(7, denial());
  parts[1].authority.push_back(record("example. 60 IN NSEC a.example. SRV RRSIG NSEC"));
  auto answer = assemble(parts, applied, true);
  CHECK(types(answer.answer) == std::vector{Type::NSEC});
  CHECK(answer.authentic);
  parts[1].authority.pop_back();
  answer = assemble(parts, applied, true);
  CHECK(answer.answer.empty());
  CHECK_FALSE(answer.authentic);
  CHECK(answer.errors.at(0).code == wire::Ede::Synthesized);
}

TEST_CASE("with DO in an unsigned zone the HINFO serves too") {
  Applied applied;
  std::vector parts(7, denial());
  for (auto& part : parts) part.authentic = false;
  CHECK(types(assemble(parts, applied, true).answer) == std::vector{Type::HINFO});
}

TEST_CASE("NXDOMAIN stays NXDOMAIN") {
  Applied applied;
  const auto answer = assemble(std::vector(7, denial(Rcode::NxDomain)), applied);
  CHECK(answer.rcode == Rcode::NxDomain);
  CHECK(answer.answer.empty());
  CHECK(types(answer.authority) == std::vector{Type::SOA});
  CHECK_FALSE(applied.any());
}

TEST_CASE("a server that denies the name for one type only is not believed") {
  Applied applied;
  std::vector parts(7, denial());
  parts[0] = denial(Rcode::NxDomain);
  CHECK(assemble(parts, applied).rcode == Rcode::NoError);
}

TEST_CASE("proofs of a name that does not exist go to validating clients only") {
  Applied applied;
  std::vector parts(7, denial(Rcode::NxDomain));
  parts[0].authority.push_back(record("example. 60 IN NSEC a.example. NS SOA RRSIG NSEC"));
  CHECK(types(assemble(parts, applied, true).authority) == std::vector{Type::SOA, Type::NSEC});
  CHECK(types(assemble(parts, applied, false).authority) == std::vector{Type::SOA});
}

TEST_CASE("when every part failed the first failure is the answer") {
  Applied applied;
  std::vector parts(7, failure());
  parts[0].errors = {{.code = wire::Ede::NoReachableAuthority, .text = "first"}};
  parts[1].rcode = Rcode::Refused;
  const auto answer = assemble(parts, applied);
  CHECK(answer.rcode == Rcode::ServFail);
  CHECK(answer.errors == parts[0].errors);
  CHECK_FALSE(applied.any());
}

TEST_CASE("where no part has data and one failed, the answer is that failure") {
  for (std::size_t failed = 0; failed < 7; ++failed) {
    Applied applied;
    std::vector parts(7, denial());
    parts[failed] = failure();
    parts[failed].errors = {{.code = wire::Ede::NoReachableAuthority, .text = "why"}};
    const auto answer = assemble(parts, applied);
    CHECK(answer.rcode == Rcode::ServFail);
    CHECK(answer.errors == parts[failed].errors);
    CHECK_FALSE(answer.authentic);
    CHECK_FALSE(applied.any());
  }
}

TEST_CASE("a bogus part is the reported reason, even if another part failed before it") {
  Applied applied;
  std::vector parts(7, denial());
  parts[1] = parts[4] = failure();
  parts[1].errors = {{.code = wire::Ede::NoReachableAuthority, .text = "slow"}};
  parts[4].errors = {{.code = wire::Ede::SignatureExpired, .text = "expired"}};
  CHECK(assemble(parts, applied).errors == parts[4].errors);
}

TEST_CASE("a proven NXDOMAIN goes before a failed part; an unproven one does not") {
  Applied applied;
  std::vector parts(7, denial(Rcode::NxDomain));
  parts[3] = failure();
  CHECK(assemble(parts, applied).rcode == Rcode::NxDomain);
  for (auto& part : parts) part.authentic = false;
  CHECK(assemble(parts, applied).rcode == Rcode::ServFail);
}
