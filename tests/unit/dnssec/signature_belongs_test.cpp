#include <catch2/catch.hpp>

#include "dnssec/rrset_check.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

using test::SignAs;

wire::Name name(std::string_view text) { return wire::Name::literal(text); }

RrsetCheck::Outcome check(wire::RRset rrset, const SignAs& as,
                          const test::SigningKey& key = test::example_key()) {
  rrset.signatures.add(key.sign(rrset, as));
  const auto keys = test::key_set_of({&key});
  Effort effort;
  auto outcome = check_rrset(rrset, keys, test::kSigningTime, effort);
  if (outcome.verdict.flaw == Flaw::SignatureMalformed) CHECK(effort.checks_left == kMaxSignatureChecks);
  return outcome;
}
RrsetCheck::Outcome check(std::string_view line, const SignAs& as = {}) {
  return check(test::rrset_of({line}), as);
}

TEST_CASE("a signer must be the zone whose keys there are") {
  const std::string_view line = "www.sub.example. 300 IN A 192.0.2.1";
  CHECK(check(line).verdict.status == Status::Secure);
  CHECK(check(line, {.signer = "EXAMPLE."}).verdict.status == Status::Secure);
  CHECK(check(line, {.signer = "sub.example."}).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check(line, {.signer = "."}).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check(line, {.signer = "other."}).verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("a zone signs only what it holds") {
  CHECK(check("example. 300 IN A 192.0.2.1").verdict.status == Status::Secure);
  CHECK(check("www.victim. 300 IN A 192.0.2.1").verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check("notexample. 300 IN A 192.0.2.1").verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check(". 300 IN A 192.0.2.1").verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("a zone signs the DS of zones below it, not its own") {
  CHECK(check("sub.example. 300 IN DS 1 13 2 0102").verdict.status == Status::Secure);
  CHECK(check("example. 300 IN DS 1 13 2 0102").verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("a signature over another type is none over this") {
  const std::string_view line = "www.example. 300 IN A 192.0.2.1";
  CHECK(check(line, {.covered = wire::Type::AAAA}).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check(line, {.covered = wire::Type::RRSIG}).verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("an answer from a wildcard tells where the wildcard stands") {
  const std::string_view line = "a.b.example. 300 IN A 192.0.2.1";
  CHECK(check(line, {.labels = 3}).good.wildcard_encloser == std::nullopt);
  CHECK(check(line, {.labels = 2}).good.wildcard_encloser == name("b.example."));
  CHECK(check(line, {.labels = 1}).good.wildcard_encloser == name("example."));
}

TEST_CASE("a wildcard stands in its zone") {  // CVE-2026-44690
  CHECK(check("a.b.example. 300 IN A 192.0.2.1", {.labels = 0}).verdict.flaw == Flaw::SignatureMalformed);
  const test::SigningKey evil("evil.example.", Algorithm::EcdsaP256);
  const auto rrset = test::rrset_of({"x.evil.example. 300 IN A 192.0.2.1"});
  CHECK(check(rrset, {.labels = 2}, evil).good.wildcard_encloser == name("evil.example."));
  CHECK(check(rrset, {.labels = 1}, evil).verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("no name has fewer labels than were signed") {
  CHECK(check("www.example. 300 IN A 192.0.2.1", {.labels = 3}).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check("www.example. 300 IN A 192.0.2.1", {.labels = 255}).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check("*.example. 300 IN A 192.0.2.1", {.labels = 2}).verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("a wildcard that was asked for by its own name has not been expanded") {
  const auto outcome = check("*.example. 300 IN A 192.0.2.1", {.labels = 1});
  CHECK(outcome.verdict.status == Status::Secure);
  CHECK(outcome.good.wildcard_encloser == std::nullopt);
  CHECK(check("*.b.example. 300 IN A 192.0.2.1", {.labels = 1}).good.wildcard_encloser == name("example."));
}

TEST_CASE("denials and what stands at an apex are never expanded") {
  for (const std::string_view line : {
           "a.b.example. 300 IN NSEC c.example. A RRSIG NSEC",
           "a.b.example. 300 IN NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A",
           "a.b.example. 300 IN SOA ns.example. host.example. 1 2 3 4 5",
           "a.b.example. 300 IN DNSKEY 257 3 13 AQID",
       }) {
    INFO(line);
    CHECK(check(line, {.labels = 2}).verdict.flaw == Flaw::SignatureMalformed);
    CHECK(check(line, {.labels = 3}).verdict.status == Status::Secure);
  }
  CHECK(check("*.example. 300 IN NSEC c.example. A RRSIG NSEC").verdict.status == Status::Secure);
}

TEST_CASE("an RRset without signatures, and signatures without records") {
  const auto keys = test::key_set_of({&test::example_key()});
  Effort effort;
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  const auto missing = check_rrset(rrset, keys, test::kSigningTime, effort).verdict;
  CHECK(missing == Verdict{.status = Status::Bogus,
                           .flaw = Flaw::SignatureMissing,
                           .owner = name("www.example."),
                           .type = wire::Type::A});
  rrset.rdatas = {};
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.flaw == Flaw::SignatureMalformed);
  rrset.signatures.add(test::example_key().sign(rrset));
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(effort.checks_left == kMaxSignatureChecks);
}

TEST_CASE("octets that are no RRSIG are a malformed signature") {
  const auto keys = test::key_set_of({&test::example_key()});
  Effort effort;
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  rrset.signatures.add({});
  rrset.signatures.add(wire::Bytes(40, 0xff));
  CHECK(check_rrset(rrset, keys, test::kSigningTime, effort).verdict.flaw == Flaw::SignatureMalformed);
}

TEST_CASE("of several flaws the one nearest to success is told") {
  const auto& key = test::example_key();
  const auto keys = test::key_set_of({&key});
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  const auto flaw_with = [&](const SignAs& as) {
    rrset.signatures.add(key.sign(rrset, as));
    Effort effort;
    return check_rrset(rrset, keys, test::kSigningTime, effort).verdict;
  };
  CHECK(flaw_with({.labels = 9}).flaw == Flaw::SignatureMalformed);
  CHECK(flaw_with({.key_tag = static_cast<std::uint16_t>(key.tag() + 1)}).flaw == Flaw::KeyMissing);
  CHECK(flaw_with({.labels = 9}).flaw == Flaw::KeyMissing);
  CHECK(flaw_with({.expiration = test::kSigningTime - 5}).flaw == Flaw::SignatureExpired);
  CHECK(flaw_with({.inception = test::kSigningTime + 5}).when == test::kSigningTime - 5);
  auto bad = key.sign(rrset);
  bad.back() ^= 1U;
  rrset.signatures.add(bad);
  const auto verdict = flaw_with({.labels = 9});
  CHECK(verdict.flaw == Flaw::SignatureBad);
  CHECK(verdict.when == 0);
}

}  // namespace
}  // namespace shirube::dnssec
