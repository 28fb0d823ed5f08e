#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Rcode;
using wire::Type;

namespace {

constexpr Rewrites kIpv4Only{.ipv4_only = true};
const wire::Question kAsked = ask("www.example.", Type::AAAA);

Applied apply(const wire::Question& question, wire::Answer& answer, const ClientView& client) {
  Applied applied;
  rewrite(question, answer, {}, client, applied);
  return applied;
}

}  // namespace

TEST_CASE("AAAA becomes NODATA with an SOA, never NXDOMAIN") {
  auto answer = positive({record("www.example. 3600 IN AAAA 2001:db8::1")});
  answer.authority = {record("example. 300 IN NS ns.example.")};
  const Applied applied = apply(kAsked, answer, edns_client(kIpv4Only));
  CHECK(applied.has(Rewriter::Ipv4OnlyAddress));
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.answer.empty());
  REQUIRE(types(answer.authority) == std::vector{Type::SOA});
  CHECK(answer.authority[0].owner == kAsked.name);
  CHECK(answer.authority[0].ttl == 300);
  CHECK(texts(answer.authority[0]).at(0) == "www.example. nobody.invalid. 1 3600 1200 604800 300");
  CHECK_FALSE(answer.authentic);
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].code == wire::Ede::Filtered);
  CHECK(answer.errors[0].text == reason(Rewriter::Ipv4OnlyAddress));
}

TEST_CASE("the denial lives no longer than the AAAA would have") {
  auto answer = positive({record("www.example. 20 IN AAAA 2001:db8::1")});
  apply(kAsked, answer, plain_client(kIpv4Only));
  CHECK(answer.authority.at(0).ttl == 20);
  CHECK(texts(answer.authority.at(0)).at(0) == "www.example. nobody.invalid. 1 3600 1200 604800 20");
}

TEST_CASE("a client without EDNS gets no extended error") {
  auto answer = positive({record("www.example. 20 IN AAAA 2001:db8::1")});
  apply(kAsked, answer, plain_client(kIpv4Only));
  CHECK(answer.errors.empty());
}

TEST_CASE("the CNAME chain before the AAAA stays and the end of it is denied") {
  const auto alias = record("www.example. 300 IN CNAME host.example.");
  auto answer = positive({alias, record("host.example. 60 IN AAAA 2001:db8::1")});
  apply(kAsked, answer, plain_client(kIpv4Only));
  CHECK(answer.answer == std::vector{alias});
  CHECK(answer.authority.at(0).owner == wire::Name::literal("host.example."));
}

TEST_CASE("what is denied already is not touched") {
  for (const Rcode rcode : {Rcode::NoError, Rcode::NxDomain}) {
    auto answer = denial(rcode);
    CHECK_FALSE(apply(kAsked, answer, edns_client(kIpv4Only)).any());
    CHECK(answer.rcode == rcode);
    CHECK(answer.authentic);
    CHECK(answer.errors.empty());
  }
}

TEST_CASE("AAAA in the additional section is dropped, which AD survives") {
  auto answer = positive({record("example. 300 IN NS ns.example.")});
  answer.additional = {record("ns.example. 300 IN A 192.0.2.53"),
                       record("ns.example. 300 IN AAAA 2001:db8::53")};
  const Applied applied = apply(ask("example.", Type::NS), answer, edns_client(kIpv4Only));
  CHECK(applied.has(Rewriter::Ipv4OnlyAddress));
  CHECK(types(answer.additional) == std::vector{Type::A});
  CHECK(answer.authentic);
  CHECK(answer.errors.empty());
}

TEST_CASE("A is not touched") {
  auto answer = positive({record("www.example. 300 IN A 192.0.2.1")});
  CHECK_FALSE(apply(ask("www.example.", Type::A), answer, edns_client(kIpv4Only)).any());
  CHECK(answer.authentic);
}
