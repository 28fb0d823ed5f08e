#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kIpv4Only{.ipv4_only = true};
const wire::Question kAsked = ask("example.", Type::MX);

std::vector<wire::Question> both_addresses(std::initializer_list<const char*> hosts) {
  std::vector<wire::Question> questions;
  for (const char* host : hosts) {
    questions.push_back(ask(host, Type::A));
    questions.push_back(ask(host, Type::AAAA));
  }
  return questions;
}

constexpr Rewrites kAdditional{.mx_additional = true};

std::vector<wire::Question> ipv4_addresses(std::initializer_list<const char*> hosts) {
  auto questions = both_addresses(hosts);
  std::erase_if(questions, [](const wire::Question& q) { return q.type == Type::AAAA; });
  return questions;
}

}  // namespace

TEST_CASE("addresses of every host, best preference first, each host once") {
  const auto answer =
      positive({records({"example. 300 IN MX 30 c.example.", "example. 300 IN MX 10 a.example.",
                         "example. 300 IN MX 20 A.EXAMPLE.", "example. 300 IN MX 20 b.example."})});
  const auto expected = both_addresses({"a.example.", "b.example.", "c.example."});
  CHECK(facts_needed(kAsked, answer, plain_client(kAdditional)) == expected);
}

TEST_CASE("a client without IPv6 does not wait for AAAA of the hosts") {
  const auto answer =
      positive({records({"example. 300 IN MX 30 c.example.", "example. 300 IN MX 10 a.example."})});
  const auto expected = ipv4_addresses({"a.example.", "c.example."});
  CHECK(facts_needed(kAsked, answer, plain_client(kIpv4Only)) == expected);
  CHECK(facts_needed(kAsked, answer, plain_client({.ipv4_only = true, .mx_additional = true})) == expected);
}

TEST_CASE("a big MX set makes us ask no more than the limit, the best hosts first") {
  const auto questions = facts_needed(kAsked, positive({many_mx(100)}), plain_client(kAdditional));
  CHECK(questions.size() == kMaxTargetLookups);
  CHECK(facts_needed(kAsked, positive({many_mx(100)}), plain_client(kIpv4Only)).size() ==
        kMaxTargetLookups / 2);
  CHECK(questions.front().name.text() == "mail-exchanger-number-99.some-provider-99.example.");
}

TEST_CASE("SRV needs the same") {
  const auto answer = positive({record("_x._tcp.example. 300 IN SRV 0 0 25 a.example.")});
  CHECK(facts_needed(ask("_x._tcp.example.", Type::SRV), answer, plain_client(kAdditional)) ==
        both_addresses({"a.example."}));
}

TEST_CASE("hosts behind a CNAME chain are found") {
  const auto answer = positive(
      {record("example. 300 IN CNAME other.example."), record("other.example. 300 IN MX 1 a.example.")});
  CHECK(facts_needed(kAsked, answer, plain_client(kAdditional)).size() == 2);
}

TEST_CASE("nothing is asked when nothing would be rewritten") {
  const auto answer = positive({record("example. 300 IN MX 10 a.example.")});
  CHECK(facts_needed(kAsked, answer, plain_client({.any_fit = true, .fit_512 = true})).empty());
  CHECK(facts_needed(kAsked, answer, validating_client(kIpv4Only)).empty());
  CHECK(facts_needed(kAsked, failure(), plain_client(kIpv4Only)).empty());
  CHECK(facts_needed(kAsked, denial(), plain_client(kIpv4Only)).empty());
  CHECK(facts_needed(kAsked, positive({record("example. 300 IN MX 0 .")}), plain_client(kIpv4Only)).empty());
  CHECK(facts_needed(ask("example.", Type::NS), positive({record("example. 300 IN NS a.example.")}),
                     plain_client(kIpv4Only))
            .empty());
}
