// What a referral is believed: the cut that was asked for, and addresses of its servers inside the zone of
// who refers (CVE-2025-11411, RFC 9471 §2).
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/delegation.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using wire::Type;

namespace {

// From a server of "test.", asked for www.example.test.
[[nodiscard]] std::optional<upstream::Referral> refer(
    const Lines& authority, const Lines& additional = {},
    const wire::Question& asked = question("www.example.test.")) {
  wire::Answer reply;
  reply.authority = rrsets(authority);
  reply.additional = rrsets(additional);
  return upstream::read_referral(reply, asked, name("test."));
}

}  // namespace

TEST_CASE("a referral names the servers of a zone between the server's own and the asked name") {
  const auto referral = refer({"Example.test. 300 IN NS ns.example.test."});
  REQUIRE(referral);
  CHECK(referral->servers == record("example.test. 300 IN NS ns.example.test."));
  CHECK(referral->glue.empty());
  CHECK(referral->security.empty());
  CHECK(refer({"www.example.test. 300 IN NS ns.example.test."}));
}

TEST_CASE("NS upwards, sidewards, of the zone itself or below the asked name are no referral") {
  CHECK_FALSE(refer({". 300 IN NS ns.evil."}));
  CHECK_FALSE(refer({"test. 300 IN NS ns.test."}));
  CHECK_FALSE(refer({"bank.test. 300 IN NS ns.evil.test."}));
  CHECK_FALSE(refer({"example.org. 300 IN NS ns.evil.test."}));
  CHECK_FALSE(refer({"a.www.example.test. 300 IN NS ns.evil.test."}));
  CHECK_FALSE(refer({"example.test. 300 IN SOA a. b. 1 1 1 1 60"}));
  CHECK_FALSE(refer({}));
}

TEST_CASE("a referral beside foreign NS is taken, the foreign NS are not") {
  const auto referral =
      refer({"bank.test. 300 IN NS ns.evil.test.", "example.test. 300 IN NS ns.example.test."});
  REQUIRE(referral);
  CHECK(referral->servers == record("example.test. 300 IN NS ns.example.test."));
}

TEST_CASE("old servers put the cut that was asked for into the answer section") {
  wire::Answer reply;
  reply.answer = rrsets({"example.test. 300 IN NS ns.example.test."});
  reply.additional = rrsets({"ns.example.test. 300 IN A 192.0.2.1"});
  const auto referral = upstream::read_referral(reply, question("example.test.", Type::NS), name("test."));
  REQUIRE(referral);
  CHECK(referral->servers.owner == name("example.test."));
  CHECK(referral->glue == rrsets({"ns.example.test. 300 IN A 192.0.2.1"}));
  CHECK_FALSE(upstream::read_referral(reply, question("example.test.", Type::NS), name("example.test.")));
}

TEST_CASE("the authority section goes before the answer section") {
  wire::Answer reply;
  reply.answer = rrsets({"example.test. 300 IN NS old.example.test."});
  reply.authority = rrsets({"example.test. 300 IN NS new.example.test."});
  const auto referral = upstream::read_referral(reply, question("example.test.", Type::NS), name("test."));
  REQUIRE(referral);
  CHECK(referral->servers == record("example.test. 300 IN NS new.example.test."));
}

TEST_CASE("a question for DS is not led below the cut whose DS is asked for") {
  const Lines cut{"example.test. 300 IN NS ns.example.test."};
  CHECK_FALSE(refer(cut, {}, question("example.test.", Type::DS)));
  CHECK(refer(cut, {}, question("example.test.", Type::DNSKEY)));
  CHECK(refer(cut, {}, question("a.example.test.", Type::DS)));
  CHECK_FALSE(refer(cut, {}, question(".", Type::DS)));
}

TEST_CASE("glue are addresses of the named servers inside the zone of who refers") {
  const auto referral =
      refer({"example.test. 300 IN NS NS.sister.test."},
            {"ns.sister.test. 300 IN A 192.0.2.1", "ns.sister.test. 300 IN AAAA 2001:db8::1",
             "other.example.test. 300 IN A 10.6.6.6", "ns.sister.test. 300 IN TXT \"no\""});
  REQUIRE(referral);
  CHECK(referral->glue ==
        rrsets({"ns.sister.test. 300 IN A 192.0.2.1", "ns.sister.test. 300 IN AAAA 2001:db8::1"}));
}

TEST_CASE("an address of a named server outside the zone of who refers is not glue") {
  const auto referral = refer({"example.test. 300 IN NS ns.bank.org."}, {"ns.bank.org. 300 IN A 10.6.6.6"});
  REQUIRE(referral);
  CHECK(referral->servers.rdatas.count() == 1);
  CHECK(referral->glue.empty());
}
