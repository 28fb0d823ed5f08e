#include <catch2/catch.hpp>

#include "dnssec/rrset_check.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

RrsetCheck::Outcome check(const wire::RRset& rrset, const KeySet& keys) {
  Effort effort;
  return check_rrset(rrset, keys, test::kSigningTime, effort);
}

TEST_CASE("what ldns signs with any algorithm is secure") {
  for (const auto algorithm : test::kAllAlgorithms) {
    INFO(static_cast<int>(algorithm));
    const auto& key = test::key_of_example(algorithm);
    const auto keys = test::key_set_of({&key});
    auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.2", "www.example. 300 IN A 192.0.2.1"});
    rrset.signatures.add(key.sign_by_ldns(rrset));
    const auto outcome = check(rrset, keys);
    CHECK(outcome.verdict == Verdict{});
    CHECK(outcome.good == Signed{.ttl = 300, .valid_for = test::kSignedUntil - test::kSigningTime});
    CHECK(key.sign(rrset).size() == key.sign_by_ldns(rrset).size());
  }
}

TEST_CASE("case of owner and of names in RDATA changes nothing") {
  const auto& key = test::example_key();
  const auto keys = test::key_set_of({&key});
  const auto plain = test::rrset_of({"www.example. 300 IN MX 10 mail.example."});
  auto mixed = test::rrset_of({"WwW.eXample. 300 IN MX 10 MAIL.Example."});
  mixed.signatures.add(key.sign_by_ldns(plain));
  CHECK(check(mixed, keys).verdict.status == Status::Secure);
}

TEST_CASE("a record that stands twice in the RRset changes nothing") {
  const auto& key = test::example_key();
  const auto keys = test::key_set_of({&key});
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  const auto signature = key.sign_by_ldns(rrset);
  rrset.rdatas.add(test::owned(*rrset.rdatas.begin()));
  rrset.signatures.add(signature);
  CHECK(check(rrset, keys).verdict.status == Status::Secure);
}

TEST_CASE("records of many types are secure") {
  const auto& key = test::example_key();
  const auto keys = test::key_set_of({&key});
  for (const std::string_view line : {
           "www.example. 300 IN NS NS.Example.",
           "www.example. 300 IN SOA NS.Example. Host.Example. 1 2 3 4 5",
           "www.example. 300 IN TXT \"Some Text\"",
           "www.example. 300 IN NSEC Next.Example. A RRSIG NSEC",
           "www.example. 300 IN HTTPS 1 Target.Example. alpn=h2",
           "www.example. 300 IN SRV 1 2 3 Target.Example.",
           "www.example. 300 IN NAPTR 1 2 \"S\" \"SIP+D2U\" \"!^.*$!A!\" Replace.Example.",
           "www.example. 300 IN TYPE65280 \\# 5 0341424300",
       }) {
    INFO(line);
    auto rrset = test::rrset_of({line});
    rrset.signatures.add(key.sign_by_ldns(rrset));
    CHECK(check(rrset, keys).verdict.status == Status::Secure);
  }
}

TEST_CASE("one key says nothing about what another has signed") {
  const auto& key = test::example_key();
  const test::SigningKey other("example.", Algorithm::EcdsaP256);
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  rrset.signatures.add(key.sign(rrset));
  CHECK(check(rrset, test::key_set_of({&other})).verdict.flaw == Flaw::KeyMissing);
  rrset.signatures = {};
  rrset.signatures.add(key.sign(rrset, {.key_tag = other.tag()}));
  CHECK(check(rrset, test::key_set_of({&other})).verdict.flaw == Flaw::SignatureBad);
}

TEST_CASE("signatures of a wrong length are bad, and nothing worse") {
  const auto data = wire::Bytes{1, 2, 3};
  for (const auto algorithm : test::kAllAlgorithms) {
    INFO(static_cast<int>(algorithm));
    const auto& signer = test::key_of_example(algorithm);
    const auto dnskey = read_dnskey(signer.dnskey()).value();
    const auto key = PublicKey::parse(algorithm, dnskey.public_key);
    REQUIRE(key);
    auto signature = signer.raw_signature(data);
    CHECK(key->verifies(data, signature));
    CHECK_FALSE(key->verifies(wire::Bytes{1, 2, 4}, signature));
    CHECK_FALSE(key->verifies(data, {}));
    CHECK_FALSE(key->verifies(data, wire::BytesView(signature).first(signature.size() - 1)));
    CHECK_FALSE(key->verifies(data, wire::Bytes(signature.size(), 0)));
    CHECK_FALSE(key->verifies(data, wire::Bytes(signature.size(), 0xff)));
    CHECK_FALSE(key->verifies(data, wire::Bytes(60'000, 0x55)));
    signature.push_back(0);
    CHECK_FALSE(key->verifies(data, signature));
  }
}

}  // namespace
}  // namespace shirube::dnssec
