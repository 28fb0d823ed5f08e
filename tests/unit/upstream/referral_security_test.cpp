// What a referral says of the child's keys: its DS, or the NSEC and NSEC3 that deny one.
#include <catch2/catch.hpp>

#include "dnssec/denial.hpp"
#include "tests/unit/upstream/samples.hpp"
#include "upstream/delegation.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using namespace shirube::upstream::samples;

namespace {

const std::string kDigest(64, 'a');
const auto kServers = record("example.test. 300 IN NS ns.example.test.");
const auto kDs = signed_record("example.test. 300 IN DS 1 13 2 " + kDigest);
const auto kNsec = signed_record("example.test. 300 IN NSEC f.test. NS RRSIG NSEC");

using Records = std::vector<wire::RRset>;

[[nodiscard]] Records security_of(Records authority) {
  wire::Answer reply;
  reply.authority = std::move(authority);
  reply.authority.push_back(kServers);
  return upstream::read_referral(reply, question("www.example.test."), name("test.")).value().security;
}

}  // namespace

TEST_CASE("signed DS and denials are kept") {
  CHECK(security_of({kDs}) == Records{kDs});
  CHECK(security_of({kNsec}) == Records{kNsec});
}

TEST_CASE("what is not signed proves nothing and is dropped") {
  CHECK(security_of({record("example.test. 300 IN DS 1 13 2 " + kDigest)}).empty());
  CHECK(security_of({record("example.test. 300 IN NSEC f.test. NS RRSIG NSEC")}).empty());
}

TEST_CASE("the DS of another zone is dropped, the denial of another name is not") {
  CHECK(security_of({signed_record("bank.test. 300 IN DS 1 13 2 " + kDigest)}).empty());
  CHECK(security_of({signed_record("www.example.test. 300 IN DS 1 13 2 " + kDigest)}).empty());
  const auto covering = signed_record("d.test. 300 IN NSEC f.test. NS RRSIG NSEC");
  CHECK(security_of({covering}) == Records{covering});
}

TEST_CASE("nothing from outside the server's zone is kept, and nothing of another type") {
  CHECK(security_of({signed_record("example.org. 300 IN NSEC f.org. NS RRSIG NSEC")}).empty());
  CHECK(security_of({signed_record(". 300 IN NSEC f. NS RRSIG NSEC")}).empty());
  CHECK(security_of({signed_record("test. 300 IN SOA a. b. 1 1 1 1 60")}).empty());
}

TEST_CASE("of a crowd of denials no more is kept than is ever looked at") {
  Records crowd;
  for (const auto& line : numbered("a#.test. 300 IN NSEC f.test. NS RRSIG NSEC", 40))
    crowd.push_back(signed_record(line));
  const auto security = security_of(crowd);
  REQUIRE(security.size() == dnssec::kMaxDenialRecords);
  CHECK(security.front() == crowd.front());
}

TEST_CASE("what is kept beside a delegation gives back its security, with what is left of its TTL") {
  upstream::Referral referral{
      .servers = kServers, .glue = rrsets({"ns.example.test. 300 IN A 192.0.2.1"}), .security = {kDs, kNsec}};
  referral.security[1].ttl = 60;
  CHECK(referral.beside().size() == 3);
  cache::Entry kept;
  kept.stored = wire::Instant(1000s);
  kept.proof = referral.beside();
  const auto after = [&](wire::Duration age) { return upstream::security_in(kept, kept.stored + age); };
  CHECK(after(0s) == referral.security);
  REQUIRE(after(59'500ms).size() == 2);
  CHECK(after(59'500ms)[0].ttl == 241);
  CHECK(after(59'500ms)[1].ttl == 1);
  REQUIRE(after(60s).size() == 1);
  CHECK(after(60s)[0].type == wire::Type::DS);
  CHECK(after(60s)[0].ttl == 240);
  CHECK(after(60s)[0].signatures == kDs.signatures);
  CHECK(after(300s).empty());
}
