#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kAdd{.mx_additional = true};
const wire::Question kAsked = ask("example.", Type::MX);
const wire::RRset kTwoMx = records({"example. 300 IN MX 20 b.example.", "example. 300 IN MX 10 a.example."});
const wire::RRset kA = record("a.example. 300 IN A 192.0.2.1");
const wire::RRset kAaaa = record("a.example. 300 IN AAAA 2001:db8::1");
const wire::RRset kB = record("b.example. 300 IN A 192.0.2.2");
const std::vector<Fact> kFacts{
    fact("a.example.", Type::A, positive({kA})), fact("a.example.", Type::AAAA, positive({kAaaa})),
    fact("b.example.", Type::A, positive({kB})), fact("b.example.", Type::AAAA, denial())};

wire::Answer with_additional(const std::vector<Fact>& facts, const ClientView& client,
                             bool expect_change = true) {
  auto answer = positive({kTwoMx});
  Applied applied;
  rewrite(kAsked, answer, facts, client, applied);
  CHECK(applied.has(Rewriter::MxAdditional) == expect_change);
  CHECK(answer.answer == std::vector{kTwoMx});
  return answer;
}

}  // namespace

TEST_CASE("addresses of the hosts are added, best preference first; AD stays") {
  const auto answer = with_additional(kFacts, edns_client(kAdd));
  CHECK(answer.additional == std::vector{kA, kAaaa, kB});
  CHECK(answer.authentic);
  CHECK(answer.errors.empty());
}

TEST_CASE("an IPv4-only client gets no AAAA") {
  CHECK(with_additional(kFacts, edns_client({.ipv4_only = true, .mx_additional = true})).additional ==
        std::vector{kA, kB});
}

TEST_CASE("only what fits is added, whole") {
  constexpr std::uint16_t kHeader = 12, kQuestion = 13, kTwoRecords = 2 * (2 + 10 + 2 + 4),
                          kOneA = 2 + 10 + 4;
  ClientView client = plain_client(kAdd);
  client.size_limit = kHeader + kQuestion + kTwoRecords + kOneA;
  CHECK(with_additional(kFacts, client).additional == std::vector{kA});
  client.size_limit -= 1;
  CHECK(with_additional(kFacts, client, false).additional.empty());
}

TEST_CASE("the room of the OPT record is not used") {
  constexpr std::uint16_t kHeader = 12, kQuestion = 13, kTwoRecords = 2 * (2 + 10 + 2 + 4),
                          kOneA = 2 + 10 + 4, kOpt = 11;
  constexpr std::uint16_t kExact = kHeader + kQuestion + kTwoRecords + kOneA + kOpt;
  CHECK(with_additional(kFacts, edns_client(kAdd, kExact)).additional == std::vector{kA});
  CHECK(with_additional(kFacts, edns_client(kAdd, kExact - 1), false).additional.empty());
}

TEST_CASE("what is in the additional section already is not added twice") {
  auto answer = positive({kTwoMx});
  answer.additional = {kA};
  Applied applied;
  rewrite(kAsked, answer, kFacts, edns_client(kAdd), applied);
  CHECK(answer.additional == std::vector{kA, kAaaa, kB});
}

TEST_CASE("an alias is not followed") {
  const auto through_alias =
      positive({record("a.example. 300 IN CNAME h.example."), record("h.example. 300 IN A 192.0.2.9")});
  CHECK(with_additional({fact("a.example.", Type::A, through_alias)}, edns_client(kAdd), false)
            .additional.empty());
}

TEST_CASE("a lookup that failed adds nothing") {
  CHECK(
      with_additional({fact("a.example.", Type::A, failure())}, edns_client(kAdd), false).additional.empty());
}

TEST_CASE("nothing is added for a client that set DO") {
  CHECK(with_additional(kFacts, validating_client(kAdd), false).additional.empty());
}

TEST_CASE("a 512-byte client gets addresses only within 512 bytes, by TCP too") {
  auto answer = positive({many_mx(8)});
  ClientView client = plain_client({.fit_512 = true, .mx_additional = true});
  client.size_limit = 65535;
  std::vector<Fact> facts;
  for (const wire::Question& question : facts_needed(kAsked, answer, client)) {
    if (question.type == Type::A)
      facts.push_back({question, positive({record(question.name.text() + " 300 IN A 192.0.2.1")})});
  }
  Applied applied;
  rewrite(kAsked, answer, facts, client, applied);
  CHECK(applied.has(Rewriter::MxAdditional));
  CHECK(render_plain(kAsked, answer).size() <= 512);
  CHECK(answer.additional.size() < facts.size());
}

TEST_CASE("of a set that names one host many times, only the best records are looked at") {
  std::vector<std::string> lines;
  constexpr int kMany = 1'000;
  for (int i = 0; i < kMany; ++i) lines.push_back("example. 300 IN MX " + std::to_string(i) + " a.example.");
  lines.push_back("example. 300 IN MX " + std::to_string(kMany) + " b.example.");
  auto answer = positive({records(lines)});
  const auto client = edns_client(kAdd);
  for (const auto& question : facts_needed(kAsked, answer, client))
    CHECK(question.name == wire::Name::literal("a.example."));
  Applied applied;
  rewrite(kAsked, answer, kFacts, client, applied);
  CHECK(answer.answer.front().rdatas.count() == kMany + 1);
  for (const auto& rrset : answer.additional) CHECK(rrset.owner == wire::Name::literal("a.example."));
}
