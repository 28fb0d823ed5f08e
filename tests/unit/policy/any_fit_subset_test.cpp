#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kAnyFit{.any_fit = true};
const wire::Question kAny = ask("example.", Type::ANY);

// One answer for each of CNAME, MX, A, AAAA, NS, SOA, TXT.
std::vector<wire::Answer> parts_with_mx(wire::RRset mx) {
  return {denial(),
          positive({std::move(mx)}),
          positive({record("example. 300 IN A 192.0.2.1")}),
          positive({record("example. 300 IN AAAA 2001:db8::1")}),
          positive({records({"example. 300 IN NS ns1.example.", "example. 300 IN NS ns2.example."})}),
          positive({record("example. 300 IN SOA ns1.example. root.example. 1 2 3 4 5")}),
          positive({record("example. 300 IN TXT \"v=spf1 -all\"")})};
}

}  // namespace

TEST_CASE("ANY is looked up type by type") {
  const auto lookups = lookups_instead(kAny, plain_client(kAnyFit));
  CHECK(std::vector(lookups.begin(), lookups.end()) ==
        std::vector{Type::CNAME, Type::MX, Type::A, Type::AAAA, Type::NS, Type::SOA, Type::TXT});
  CHECK(lookups_instead(kAny, validating_client(kAnyFit)).size() == 7);
  CHECK(lookups_instead(kAny, plain_client({})).empty());
  CHECK(lookups_instead(ask("example.", Type::MX), plain_client(kAnyFit)).empty());
}

TEST_CASE("ANY that fits is answered whole, without authority and additional, and AD stays") {
  Applied applied;
  auto parts = parts_with_mx(record("example. 300 IN MX 10 mail.example."));
  parts[1].authority = {record("example. 300 IN NS ns1.example.")};
  parts[1].additional = {record("mail.example. 300 IN A 192.0.2.2")};
  const auto answer = assemble_any(kAny, parts, plain_client(kAnyFit), applied);
  CHECK(types(answer.answer) == std::vector{Type::MX, Type::A, Type::AAAA, Type::NS, Type::SOA, Type::TXT});
  CHECK(answer.authority.empty());
  CHECK(answer.additional.empty());
  CHECK(answer.errors.empty());
  CHECK(answer.authentic);
  CHECK(applied.has(Rewriter::AnyFit));
  CHECK(render_plain(kAny, answer).size() <= 512);
}

TEST_CASE("one part without AD takes AD from the whole") {
  Applied applied;
  auto parts = parts_with_mx(record("example. 300 IN MX 10 mail.example."));
  parts[6].authentic = false;
  CHECK_FALSE(assemble_any(kAny, parts, plain_client(kAnyFit), applied).authentic);
}

TEST_CASE("an RRset that does not fit is left out whole, smaller ones come instead") {
  Applied applied;
  const auto parts = parts_with_mx(many_mx(24));
  const auto answer = assemble_any(kAny, parts, plain_client(kAnyFit), applied);
  CHECK(types(answer.answer) == std::vector{Type::A, Type::AAAA, Type::NS, Type::SOA, Type::TXT});
  CHECK(render_plain(kAny, answer).size() <= 512);
  CHECK(answer.errors.empty());
}

TEST_CASE("a subset that lacks what was found has no AD, and says so") {
  Applied applied;
  auto parts = parts_with_mx(many_mx(24));
  const auto too_big = assemble_any(kAny, parts, edns_client(kAnyFit, 512), applied);
  CHECK_FALSE(too_big.authentic);
  REQUIRE(too_big.errors.size() == 1);
  CHECK(too_big.errors[0].code == wire::Ede::Synthesized);
  parts = parts_with_mx(record("example. 300 IN MX 10 mail.example."));
  parts[6] = failure();
  parts[6].errors = {{.code = wire::Ede::DnssecBogus, .text = "TXT"}};
  const auto failed = assemble_any(kAny, parts, edns_client(kAnyFit), applied);
  CHECK_FALSE(failed.authentic);
  REQUIRE(failed.errors.size() == 2);
  CHECK(failed.errors[0].code == wire::Ede::Synthesized);
  CHECK(failed.errors[1].code == wire::Ede::DnssecBogus);
  CHECK(failed.answer.size() == 5);
}

TEST_CASE("a client with EDNS gets as much as its size allows") {
  Applied applied;
  const auto parts = parts_with_mx(many_mx(24));
  CHECK(types(assemble_any(kAny, parts, edns_client(kAnyFit, 4096), applied).answer).front() == Type::MX);
  CHECK(types(assemble_any(kAny, parts, edns_client(kAnyFit, 512), applied).answer).front() == Type::A);
}

TEST_CASE("without EDNS the limit is 512 by TCP too") {
  Applied applied;
  ClientView client = plain_client(kAnyFit);
  client.size_limit = 65535;
  const auto answer = assemble_any(kAny, parts_with_mx(many_mx(24)), client, applied);
  CHECK(render_plain(kAny, answer).size() <= 512);
}

TEST_CASE("the OPT record of an EDNS client counts") {
  Applied applied;
  std::vector parts(7, denial());
  parts[2] = positive({record("example. 300 IN A 192.0.2.1")});
  constexpr std::uint16_t kHeader = 12, kQuestion = 9 + 4, kRecord = 2 + 10 + 4, kOpt = 11;
  constexpr std::uint16_t kExact = kHeader + kQuestion + kRecord + kOpt;
  CHECK(types(assemble_any(kAny, parts, edns_client(kAnyFit, kExact), applied).answer) ==
        std::vector{Type::A});
  CHECK(types(assemble_any(kAny, parts, edns_client(kAnyFit, kExact - 1), applied).answer) ==
        std::vector{Type::HINFO});
}

TEST_CASE("a part that failed is left out") {
  Applied applied;
  auto parts = parts_with_mx(record("example. 300 IN MX 10 mail.example."));
  parts[0] = failure();
  parts[2] = failure();
  const auto answer = assemble_any(kAny, parts, plain_client(kAnyFit), applied);
  CHECK(answer.rcode == wire::Rcode::NoError);
  CHECK(types(answer.answer) == std::vector{Type::MX, Type::AAAA, Type::NS, Type::SOA, Type::TXT});
  CHECK_FALSE(answer.authentic);
}

TEST_CASE("reasons of the parts come along once") {
  Applied applied;
  auto parts = parts_with_mx(record("example. 300 IN MX 10 mail.example."));
  parts[1].errors = parts[2].errors = {{.code = wire::Ede::StaleAnswer, .text = "old"}};
  const auto answer = assemble_any(kAny, parts, edns_client(kAnyFit), applied);
  CHECK(answer.errors == std::vector<wire::ExtendedError>{{.code = wire::Ede::StaleAnswer, .text = "old"}});
}
