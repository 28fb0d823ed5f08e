// What no rewriter may ever do, whatever the profile says.
#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Rcode;
using wire::Type;

namespace {

constexpr Rewrites kAll{.any_fit = true, .fit_512 = true, .ipv4_only = true, .mx_additional = true};

void check_untouched(const wire::Question& question, const wire::Answer& truth, const ClientView& client) {
  wire::Answer answer = truth;
  Applied applied;
  rewrite(question, answer, {}, client, applied);
  CHECK_FALSE(applied.any());
  CHECK(answer.rcode == truth.rcode);
  CHECK(answer.authentic == truth.authentic);
  CHECK(answer.answer == truth.answer);
  CHECK(answer.authority == truth.authority);
  CHECK(answer.additional == truth.additional);
  CHECK(answer.errors == truth.errors);
}

}  // namespace

TEST_CASE("a client that set DO gets the truth") {
  check_untouched(ask("example.", Type::MX), positive({many_mx(24)}), validating_client(kAll, 512));
  check_untouched(ask("example.", Type::AAAA), positive({record("example. 300 IN AAAA 2001:db8::1")}),
                  validating_client(kAll));
}

TEST_CASE("failures pass as they are") {
  for (const Rcode rcode : {Rcode::ServFail, Rcode::Refused, Rcode::NotImp, Rcode::FormErr}) {
    wire::Answer answer = failure();
    answer.rcode = rcode;
    answer.errors = {{.code = wire::Ede::DnssecBogus, .text = "signature expired"}};
    answer.additional = {record("a.example. 300 IN AAAA 2001:db8::1")};
    check_untouched(ask("example.", Type::AAAA), answer, edns_client(kAll));
  }
}

TEST_CASE("keys, proofs and text are never touched") {
  for (const Type type :
       {Type::TLSA, Type::DS, Type::DNSKEY, Type::RRSIG, Type::NSEC, Type::NSEC3, Type::NSEC3PARAM, Type::CAA,
        Type::TXT, Type::SPF, Type::CDS, Type::CDNSKEY, Type::SMIMEA, Type::OPENPGPKEY}) {
    wire::RRset rrset{.owner = wire::Name::literal("example."),
                      .type = type,
                      .klass = wire::Class::IN,
                      .ttl = 300,
                      .rdatas = {},
                      .signatures = {}};
    rrset.rdatas.add(wire::Bytes(700, 1));
    auto answer = positive({rrset});
    answer.additional = {record("a.example. 300 IN AAAA 2001:db8::1")};
    check_untouched(ask("example.", type), answer, plain_client(kAll));
  }
}

TEST_CASE("other classes than IN are not touched") {
  wire::Question question = ask("example.", Type::AAAA);
  question.klass = wire::Class::CH;
  check_untouched(question, positive({record("example. 300 IN AAAA 2001:db8::1")}), plain_client(kAll));
}

TEST_CASE("a profile without rewrites changes nothing") {
  check_untouched(ask("example.", Type::MX), positive({many_mx(24)}), plain_client({}));
}

TEST_CASE("what is useless is withheld before the rest is cut to size") {
  // Of 24 hosts the best 13 have no IPv4: all that a 512-byte client gets is of use to it.
  std::vector<Fact> facts;
  auto answer = positive({many_mx(24)});
  const wire::Question question = ask("example.", Type::MX);
  const ClientView client = plain_client({.fit_512 = true, .ipv4_only = true});
  for (const wire::Question& needed : facts_needed(question, answer, client)) {
    const bool is_aaaa = needed.type == Type::AAAA;
    facts.push_back(
        {needed, is_aaaa ? positive({record(needed.name.text() + " 300 IN AAAA 2001:db8::1")}) : denial()});
  }
  Applied applied;
  rewrite(question, answer, facts, client, applied);
  CHECK(applied.has(Rewriter::Ipv4OnlyTarget));
  CHECK(applied.has(Rewriter::Fit512));
  CHECK(texts(answer.answer[0]).front() == "140 mail-exchanger-number-10.some-provider-10.example.");
  CHECK(render_plain(question, answer).size() <= 512);
}
