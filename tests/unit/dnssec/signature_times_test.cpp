#include <catch2/catch.hpp>

#include "dnssec/rrset_check.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

using test::kSigningTime;

struct Period {
  std::uint32_t inception;
  std::uint32_t expiration;
  std::uint32_t ttl = 300;
  std::uint32_t original_ttl = 300;
};

RrsetCheck::Outcome check(const Period& period, std::uint32_t now) {
  static const auto keys = test::key_set_of({&test::example_key()});
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  rrset.ttl = period.ttl;
  rrset.signatures.add(test::example_key().sign(
      rrset,
      {.original_ttl = period.original_ttl, .expiration = period.expiration, .inception = period.inception}));
  Effort effort;
  auto outcome = check_rrset(rrset, keys, now, effort);
  const bool was_verified = effort.checks_left < kMaxSignatureChecks;
  CHECK(was_verified == (outcome.verdict.status == Status::Secure));  // what is out of time costs nothing
  return outcome;
}

TEST_CASE("a signature counts from its inception to its expiration, both included") {
  const Period period{.inception = 1'000, .expiration = 2'000};
  CHECK(check(period, 1'000).verdict.status == Status::Secure);
  CHECK(check(period, 2'000).verdict.status == Status::Secure);
  const auto early = check(period, 999).verdict;
  CHECK(early.status == Status::Bogus);
  CHECK(early.flaw == Flaw::SignatureNotYetValid);
  CHECK(early.when == 1'000);
  const auto late = check(period, 2'001).verdict;
  CHECK(late.status == Status::Bogus);
  CHECK(late.flaw == Flaw::SignatureExpired);
  CHECK(late.when == 2'000);
  CHECK(late.owner == wire::Name::literal("www.example."));
  CHECK(late.type == wire::Type::A);
}

TEST_CASE("times go on after 2106") {
  const Period over_the_end{.inception = 0xffff'ff00, .expiration = 0x100};
  CHECK(check(over_the_end, 0xffff'ff00).verdict.status == Status::Secure);
  CHECK(check(over_the_end, 0).verdict.status == Status::Secure);
  CHECK(check(over_the_end, 0x100).verdict.status == Status::Secure);
  CHECK(check(over_the_end, 0x101).verdict.flaw == Flaw::SignatureExpired);
  CHECK(check(over_the_end, 0xffff'feff).verdict.flaw == Flaw::SignatureNotYetValid);
}

TEST_CASE("a signature that ends before it begins is malformed") {
  CHECK(check({.inception = 2'000, .expiration = 1'999}, 2'000).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check({.inception = 2'000, .expiration = 2'000}, 2'000).verdict.status == Status::Secure);
  // Half the circle apart: neither is before the other.
  CHECK(check({.inception = 0, .expiration = 0x8000'0000}, 1'000).verdict.flaw == Flaw::SignatureMalformed);
  CHECK(check({.inception = 0, .expiration = 0x7fff'ffff}, 1'000).verdict.status == Status::Secure);
}

TEST_CASE("data live no longer than their TTL, their original TTL, and their signature") {
  const auto lives = [](std::uint32_t ttl, std::uint32_t original, std::uint32_t left) {
    return check({.inception = kSigningTime - 1,
                  .expiration = kSigningTime + left,
                  .ttl = ttl,
                  .original_ttl = original},
                 kSigningTime)
        .good.ttl;
  };
  CHECK(lives(300, 3'600, 86'400) == 300);
  CHECK(lives(3'600, 300, 86'400) == 300);
  CHECK(lives(3'600, 3'600, 10) == 10);
  CHECK(lives(3'600, 3'600, 0) == 0);
  CHECK(lives(0, 3'600, 86'400) == 0);
}

TEST_CASE("one signature in time is enough") {
  const auto& key = test::example_key();
  const auto keys = test::key_set_of({&key});
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  rrset.signatures.add(key.sign(rrset, {.expiration = kSigningTime - 1}));
  rrset.signatures.add(key.sign(rrset, {.inception = kSigningTime + 1}));
  Effort effort;
  CHECK(check_rrset(rrset, keys, kSigningTime, effort).verdict.flaw == Flaw::SignatureExpired);
  rrset.signatures.add(key.sign(rrset));
  CHECK(check_rrset(rrset, keys, kSigningTime, effort).verdict.status == Status::Secure);
}

}  // namespace
}  // namespace shirube::dnssec
