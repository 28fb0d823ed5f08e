#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Rcode;
using wire::Type;

namespace {

constexpr Rewrites kIpv4Only{.ipv4_only = true};
const wire::Question kAsked = ask("www.example.", Type::AAAA);

wire::Answer denied(wire::Answer a, Applied& applied) {
  return deny_aaaa_by_a(kAsked, std::move(a), edns_client(kIpv4Only), applied);
}

}  // namespace

TEST_CASE("AAAA of a client without IPv6 is decided by A, unless it sets DO") {
  CHECK(lookups_instead(kAsked, plain_client(kIpv4Only)) == std::vector{Type::A});
  CHECK(lookups_instead(kAsked, validating_client(kIpv4Only)).empty());
  CHECK(lookups_instead(kAsked, plain_client({})).empty());
}

TEST_CASE("a name with an A has no AAAA, shortly, and without AD") {
  Applied applied;
  const auto answer = denied(positive({record("www.example. 9000 IN A 192.0.2.1")}), applied);
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.answer.empty());
  REQUIRE(types(answer.authority) == std::vector{Type::SOA});
  CHECK(answer.authority[0].owner == kAsked.name);
  CHECK(answer.authority[0].ttl == 300);
  CHECK_FALSE(answer.authentic);
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].code == wire::Ede::Filtered);
  CHECK(applied.has(Rewriter::Ipv4OnlyAddress));
}

TEST_CASE("a name without A has no AAAA either, with the SOA of the zone") {
  Applied applied;
  auto a = denial();
  a.authority.push_back(record("www.example. 60 IN NSEC x.example. MX"));
  const auto answer = denied(a, applied);
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.authority == denial().authority);
  CHECK_FALSE(answer.authentic);
}

TEST_CASE("a denial of A without SOA gets one") {
  Applied applied;
  CHECK(types(denied({}, applied).authority) == std::vector{Type::SOA});
}

TEST_CASE("aliases stay, and the denial is that of their end") {
  Applied applied;
  const auto alias = record("www.example. 300 IN CNAME h.example.");
  for (const bool has_address : {true, false}) {
    auto a = positive({alias});
    if (has_address) a.answer.push_back(record("h.example. 60 IN A 192.0.2.1"));
    const auto answer = denied(a, applied);
    CHECK(answer.answer == std::vector{alias});
    REQUIRE(types(answer.authority) == std::vector{Type::SOA});
    CHECK(answer.authority[0].owner.text() == "h.example.");
  }
}

TEST_CASE("no such name and failures are as A has them") {
  Applied applied;
  CHECK(denied(denial(Rcode::NxDomain), applied).rcode == Rcode::NxDomain);
  CHECK(denied(denial(Rcode::NxDomain), applied).authentic);
  auto failed = failure();
  failed.errors = {{.code = wire::Ede::DnssecBogus, .text = "why"}};
  CHECK(denied(failed, applied).rcode == Rcode::ServFail);
  CHECK(denied(failed, applied).errors == failed.errors);
  CHECK_FALSE(applied.any());
}
