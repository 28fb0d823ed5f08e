#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Rcode;
using wire::Type;

namespace {

constexpr Rewrites kIpv4Only{.ipv4_only = true};

std::vector<Fact> facts_of(std::initializer_list<std::vector<Fact>> hosts) {
  std::vector<Fact> all;
  for (const auto& host : hosts) all.insert(all.end(), host.begin(), host.end());
  return all;
}

wire::Answer a_of(const std::string& host) { return positive({record(host + " 300 IN A 192.0.2.1")}); }
wire::Answer aaaa_of(const std::string& host) {
  return positive({record(host + " 300 IN AAAA 2001:db8::1")});
}

std::vector<Fact> ipv4_host(const std::string& h) {
  return {fact(h, Type::A, a_of(h)), fact(h, Type::AAAA, denial())};
}
std::vector<Fact> ipv6_host(const std::string& h, Rcode a = Rcode::NoError) {
  return {fact(h, Type::A, denial(a)), fact(h, Type::AAAA, aaaa_of(h))};
}
std::vector<Fact> dead_host(const std::string& h) {
  return {fact(h, Type::A, denial(Rcode::NxDomain)), fact(h, Type::AAAA, denial(Rcode::NxDomain))};
}
std::vector<Fact> failing_host(const std::string& h) {
  return {fact(h, Type::A, failure()), fact(h, Type::AAAA, aaaa_of(h))};
}

const wire::RRset kTwoMx = records({"example. 300 IN MX 10 a.example.", "example. 300 IN MX 20 b.example."});

std::vector<std::string> left(const wire::RRset& mx, const std::vector<Fact>& facts, bool expect_change) {
  auto answer = positive({with_signature(mx, 64)});
  Applied applied;
  rewrite(ask("example.", mx.type), answer, facts, edns_client(kIpv4Only), applied);
  CHECK(applied.has(Rewriter::Ipv4OnlyTarget) == expect_change);
  CHECK(answer.authentic == !expect_change);
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.errors.size() == (expect_change ? 1 : 0));
  return texts(answer.answer.at(0));
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a mail host that has only AAAA is dropped while a usable one is left") {
  CHECK(left(kTwoMx, facts_of({ipv6_host("a.example."), ipv4_host("b.example.")}), true) ==
        Texts{"20 b.example."});
}

TEST_CASE("a host whose A is NXDOMAIN but that has an AAAA is one with only AAAA") {
  CHECK(left(kTwoMx, facts_of({ipv6_host("A.Example.", Rcode::NxDomain), ipv4_host("b.example.")}), true) ==
        Texts{"20 b.example."});
}

TEST_CASE("when all hosts have only AAAA the truth stays") {
  CHECK(left(kTwoMx, facts_of({ipv6_host("a.example."), ipv6_host("b.example.")}), false).size() == 2);
}

TEST_CASE("a host without A goes, whether it has an AAAA or not: that is not looked up") {
  const std::vector<Fact> facts{fact("a.example.", Type::A, denial()),
                                fact("b.example.", Type::A, a_of("b.example."))};
  CHECK(left(kTwoMx, facts, true) == Texts{"20 b.example."});
}

TEST_CASE("a dead host is none to fall back on") {
  CHECK(left(kTwoMx, facts_of({ipv6_host("a.example."), dead_host("b.example.")}), false).size() == 2);
}

TEST_CASE("a host whose lookup failed counts as usable") {
  CHECK(left(kTwoMx, facts_of({failing_host("a.example."), ipv4_host("b.example.")}), false).size() == 2);
  CHECK(left(kTwoMx, facts_of({ipv6_host("a.example."), failing_host("b.example.")}), true) ==
        Texts{"20 b.example."});
}

TEST_CASE("a host that nobody looked up counts as usable") {
  CHECK(left(kTwoMx, facts_of({ipv6_host("a.example.")}), true) == Texts{"20 b.example."});
  CHECK(left(kTwoMx, {}, false).size() == 2);
}

TEST_CASE("an alias whose target has an A is usable") {
  const auto alias =
      positive({record("a.example. 300 IN CNAME h.example."), record("h.example. 300 IN A 192.0.2.1")});
  CHECK(
      left(kTwoMx, facts_of({{fact("a.example.", Type::A, alias)}, ipv4_host("b.example.")}), false).size() ==
      2);
}

TEST_CASE("a null MX is not touched") {
  CHECK(left(record("example. 300 IN MX 0 ."), {}, false) == Texts{"0 ."});
}

TEST_CASE("SRV targets obey the same rule") {
  const auto srv =
      records({"example. 300 IN SRV 1 0 25 a.example.", "example. 300 IN SRV 2 0 25 b.example."});
  CHECK(left(srv, facts_of({ipv6_host("a.example."), ipv4_host("b.example.")}), true) ==
        Texts{"2 0 25 b.example."});
}
