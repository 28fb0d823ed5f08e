// Is a reply of a zone's server an answer, the way down, or no use? (RFC 1034 §4.3.2, RFC 1912 §2.8)
#include "upstream/authority_reply.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::AuthorityVerdict;
using upstream::Misbehaviour;
using upstream::ReplyContent;
using wire::Rcode;
using wire::Type;

namespace {

constexpr auto kSoa = "example.test. 60 IN SOA a. b. 1 1 1 1 60";
constexpr auto kCut = "sub.example.test. 60 IN NS ns.sub.example.test.";

[[nodiscard]] ReplyContent reply(const Lines& answer, const Lines& authority = {},
                                 Rcode rcode = Rcode::NoError) {
  ReplyContent content;
  content.answer.rcode = rcode;
  content.answer.answer = rrsets(answer);
  content.answer.authority = rrsets(authority);
  return content;
}

// From a server of example.test.
[[nodiscard]] AuthorityVerdict judge(ReplyContent content, bool authoritative,
                                     const wire::Question& asked = question("www.sub.example.test.")) {
  content.authoritative = authoritative;
  return upstream::judge_reply(content, asked, name("example.test."));
}

[[nodiscard]] bool answers(const AuthorityVerdict& verdict) {
  return std::holds_alternative<upstream::AuthorityAnswer>(verdict);
}
[[nodiscard]] bool is_sloppy(const AuthorityVerdict& verdict) {
  return std::holds_alternative<upstream::SloppyAnswer>(verdict);
}
[[nodiscard]] bool refers(const AuthorityVerdict& verdict) {
  return std::holds_alternative<upstream::Referral>(verdict);
}
[[nodiscard]] std::optional<Misbehaviour> fault(const AuthorityVerdict& verdict) {
  const auto* what = std::get_if<Misbehaviour>(&verdict);
  return what == nullptr ? std::nullopt : std::optional(*what);
}

}  // namespace

TEST_CASE("data, aliases and denials answer, sloppily without AA, but no denial without SOA") {
  for (const auto& good : {
           reply({"www.sub.example.test. 60 IN A 192.0.2.1"}),
           reply({"WWW.sub.example.test. 60 IN CNAME elsewhere.org."}),
           reply({"sub.example.test. 60 IN DNAME elsewhere.org."}),
           reply({}, {kSoa}),
           reply({}, {kSoa}, Rcode::NxDomain),
           reply({}, {}, Rcode::NxDomain),
       }) {
    CHECK(answers(judge(good, true)));
    const bool bare = good.answer.answer.empty() && good.answer.authority.empty();
    CHECK(is_sloppy(judge(good, false)) == !bare);
    if (bare) CHECK(fault(judge(good, false)) == Misbehaviour::NotAuthoritative);
  }
}

TEST_CASE("without AA and SOA an alias into the zone denies nothing, and one out of it answers") {
  const auto inside = reply({"www.sub.example.test. 60 IN CNAME x.example.test."}, {}, Rcode::NxDomain);
  CHECK(fault(judge(inside, false)) == Misbehaviour::NotAuthoritative);
  const auto outside = reply({"www.sub.example.test. 60 IN CNAME x.org."}, {}, Rcode::NxDomain);
  CHECK(is_sloppy(judge(outside, false)));
}

TEST_CASE("without AA and SOA a denial with signatures counts by its proof alone") {
  const auto signed_by = [](const std::string& line, const std::string& signer) {
    auto rrset = record(line);
    rrset.signatures =
        record("example.test. 60 IN RRSIG NSEC 13 2 60 20270101000000 20260101000000 1 " + signer + " AAAA")
            .rdatas;
    return rrset;
  };
  const std::string line = "example.test. 60 IN NSEC z.example.test. SOA NS";
  const auto nsec = signed_by(line, "example.test.");
  for (const auto rcode : {Rcode::NoError, Rcode::NxDomain}) {
    auto denial = reply({}, {}, rcode);
    denial.answer.authority = {nsec};
    CHECK(answers(judge(denial, true)));
    CHECK(std::holds_alternative<upstream::ProvenDenial>(judge(denial, false)));
    denial.answer.authority.front().signatures = {};
    CHECK(fault(judge(denial, false)) == Misbehaviour::NotAuthoritative);
    denial.answer.authority = {signed_by(line, "test.")};
    CHECK(fault(judge(denial, false)) == Misbehaviour::NotAuthoritative);
    denial.answer.authority = {nsec, record(kSoa)};
    CHECK(is_sloppy(judge(denial, false)));
  }
  auto referral = reply({}, {kCut});
  referral.answer.authority.push_back(nsec);
  CHECK(refers(judge(referral, false)));
  auto to_itself = reply({}, {"example.test. 60 IN NS ns.example.test."});
  to_itself.answer.authority.push_back(nsec);
  CHECK(fault(judge(to_itself, false)) == Misbehaviour::UpwardReferral);
}

TEST_CASE("an empty NOERROR is NODATA from who is authoritative, and nothing from who is not") {
  CHECK(answers(judge(reply({}), true)));
  CHECK(fault(judge(reply({}), false)) == Misbehaviour::NotAuthoritative);
}

TEST_CASE("a denial without records is one with RA, which only a stub's server is asked for") {
  for (const auto rcode : {Rcode::NoError, Rcode::NxDomain}) {
    auto bare = reply({}, {}, rcode);
    CHECK(fault(judge(bare, false)) == Misbehaviour::NotAuthoritative);
    bare.recursed = true;
    CHECK(std::holds_alternative<upstream::BareDenial>(judge(bare, false)));
    CHECK(answers(judge(bare, true)));
    bare.answer.authority = rrsets({kCut});
    CHECK_FALSE(std::holds_alternative<upstream::BareDenial>(judge(bare, false)));
  }
  auto too_long = reply({}, {}, Rcode::YxDomain);
  too_long.recursed = true;
  CHECK(fault(judge(too_long, false)) == Misbehaviour::NotAuthoritative);
}

TEST_CASE("every record answers ANY") {
  const auto asked = question("www.sub.example.test.", Type::ANY);
  CHECK(answers(judge(reply({"www.sub.example.test. 60 IN TXT \"x\""}), true, asked)));
  CHECK(fault(judge(reply({"www.sub.example.test. 60 IN TXT \"x\""}), true)) == Misbehaviour::Unrelated);
}

TEST_CASE("a referral is one with AA and without") {
  for (const bool authoritative : {true, false}) {
    const auto verdict = judge(reply({}, {kCut}), authoritative);
    REQUIRE(refers(verdict));
    CHECK(std::get<upstream::Referral>(verdict).servers == record(kCut));
  }
}

TEST_CASE("a server that answers for a child whose data it happens to have refers to it") {
  const auto both = reply({"www.sub.example.test. 60 IN A 192.0.2.1"}, {kCut});
  CHECK(refers(judge(both, false)));
  CHECK(answers(judge(both, true)));
  auto denied = reply({}, {kCut}, Rcode::NxDomain);
  CHECK(fault(judge(denied, false)) == Misbehaviour::NotAuthoritative);
}

TEST_CASE("records of other names are neither an answer nor NODATA") {
  const auto foreign = reply({"www.bank.test. 60 IN A 10.6.6.6"});
  CHECK(fault(judge(foreign, true)) == Misbehaviour::Unrelated);
  CHECK(fault(judge(foreign, false)) == Misbehaviour::NotAuthoritative);
}

TEST_CASE("an SOA or a DNAME from outside the zone denies and redirects nothing") {
  CHECK(fault(judge(reply({}, {"test. 60 IN SOA a. b. 1 1 1 1 60"}), false)) ==
        Misbehaviour::NotAuthoritative);
  CHECK(fault(judge(reply({"test. 60 IN DNAME evil."}), true)) == Misbehaviour::Unrelated);
  CHECK(fault(judge(reply({"other.example.test. 60 IN DNAME evil."}), true)) == Misbehaviour::Unrelated);
}

TEST_CASE("NS of a zone above refer upwards, with AA and without") {
  for (const auto* up : {". 60 IN NS a.root.", "test. 60 IN NS ns.test."}) {
    for (const bool authoritative : {true, false})
      CHECK(fault(judge(reply({}, {up}), authoritative)) == Misbehaviour::UpwardReferral);
    CHECK(answers(judge(reply({}, {kSoa, up}), true)));
    CHECK(answers(judge(reply({"www.sub.example.test. 60 IN A 192.0.2.1"}, {up}), true)));
    CHECK(refers(judge(reply({}, {up, kCut}), true)));
  }
  CHECK(fault(judge(reply({}, {"bank.test. 60 IN NS a.evil."}), false)) == Misbehaviour::NotAuthoritative);
}

TEST_CASE("NS of the zone itself stand for the SOA of NODATA with AA, and refer upwards without") {
  const auto own = reply({}, {"EXAMPLE.test. 60 IN NS ns.test."});
  CHECK(answers(judge(own, true)));
  CHECK(fault(judge(own, false)) == Misbehaviour::UpwardReferral);
}

TEST_CASE("nothing is above the root") {
  auto own = reply({}, {". 60 IN NS a.root."});
  own.authoritative = true;
  CHECK(answers(upstream::judge_reply(own, question("test."), wire::Name())));
}

TEST_CASE("the child's denial of its own DS does not hide the parent's referral") {
  const auto asked = question("www.sub.example.test.", Type::DS);
  const auto child = reply({}, {"www.sub.example.test. 60 IN SOA a. b. 1 1 1 1 60", kCut});
  CHECK(refers(judge(child, true, asked)));
  const auto parent = reply({}, {"sub.example.test. 60 IN SOA a. b. 1 1 1 1 60", kCut});
  CHECK(answers(judge(parent, true, asked)));
}

TEST_CASE("lame is who does not serve the zone, not who fails now") {
  CHECK(upstream::is_lame(Rcode::Refused));
  CHECK(upstream::is_lame(Rcode::NotImp));
  CHECK(upstream::is_lame(Misbehaviour::NotAuthoritative));
  CHECK(upstream::is_lame(Misbehaviour::UpwardReferral));
  CHECK_FALSE(upstream::is_lame(Rcode::ServFail));
  CHECK_FALSE(upstream::is_lame(Rcode::FormErr));
  CHECK_FALSE(upstream::is_lame(Misbehaviour::Malformed));
  CHECK_FALSE(upstream::is_lame(Misbehaviour::TruncatedOverTcp));
  CHECK_FALSE(upstream::is_lame(Misbehaviour::Unrelated));
  CHECK_FALSE(upstream::is_lame(upstream::ExchangeError::TimedOut));
  CHECK_FALSE(upstream::is_lame(upstream::Obstacle::NoServers));
  CHECK_FALSE(upstream::is_lame(dnssec::Verdict{dnssec::Status::Bogus, dnssec::Flaw::SignatureBad}));
}
