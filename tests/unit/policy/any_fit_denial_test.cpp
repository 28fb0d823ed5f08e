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

TEST_CASE("a name without any of the types is NODATA with the SOA of the parts") {
  Applied applied;
  const auto answer = assemble(std::vector(7, denial()), applied);
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.answer.empty());
  CHECK(answer.authority == denial().authority);
  CHECK(answer.authentic);
  CHECK_FALSE(applied.any());
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

TEST_CASE("proofs go to validating clients only") {
  Applied applied;
  std::vector parts(7, denial());
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

TEST_CASE("a denial with a failed part beside it has no AD") {
  Applied applied;
  std::vector parts(7, denial());
  parts[1] = failure();
  const auto answer = assemble(parts, applied);
  CHECK(answer.rcode == Rcode::NoError);
  CHECK_FALSE(answer.authentic);
}
