// A client with CD gets data that validation refuses, with the reason and for a short time.
#include <catch2/catch.hpp>

#include "tests/support/signed_service.hpp"

using namespace shirube;
using test::SignedService;
using wire::Rcode;
using wire::Type;

namespace {

constexpr test::Ask kCd{.edns_size = 1232, .checking_disabled = true};

struct Spoilt : SignedService {
  const std::size_t zone =
      serve_signed("tree", "www 3600 A 192.0.2.80\nto 3600 CNAME www\nfine 3600 A 192.0.2.81\n", "192.0.2.1");
  Spoilt() { spoil(zone, "www.tree", Type::A, sim::bad_signature()); }
};

}  // namespace

TEST_CASE("CD gets bogus data with the flaw that is known, a short TTL and no AD") {
  const auto* name = GENERATE("www.tree.", "to.tree.");
  Spoilt home;
  CHECK(home.answer(name, {.edns_size = 1232}).rcode == Rcode::ServFail);
  for (const int seconds : {0, 5, 20}) {
    home.network.advance(std::chrono::seconds{seconds});
    const auto answer = home.answer(name, kCd);
    CHECK(answer.rcode == Rcode::NoError);
    REQUIRE_FALSE(answer.answer.empty());
    for (const auto& rrset : answer.answer) CHECK(rrset.ttl <= 60);
    CHECK_FALSE(answer.authentic);
    REQUIRE_FALSE(answer.errors.empty());
    CHECK(answer.errors[0].code == wire::Ede::DnssecBogus);
  }
}

TEST_CASE("a flaw that is found after CD asked is told soon") {
  Spoilt home;
  CHECK(home.answer("www.tree.", kCd).rcode == Rcode::NoError);
  CHECK(home.answer("www.tree.", {.edns_size = 1232}).rcode == Rcode::ServFail);
  home.network.advance(std::chrono::seconds{6});
  const auto answer = home.answer("www.tree.", kCd);
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.answer.at(0).ttl <= 60);
  CHECK(answer.errors.at(0).code == wire::Ede::DnssecBogus);
}

TEST_CASE("no flaw is reported for valid data, nor for data that was mended") {
  Spoilt home;
  const auto fine = home.answer("fine.tree.", kCd);
  CHECK(fine.errors.empty());
  CHECK(fine.answer.at(0).ttl == 3600);
  CHECK(home.answer("www.tree.", {.edns_size = 1232}).rcode == Rcode::ServFail);
  home.network.advance(std::chrono::seconds{600});
  CHECK(home.answer("www.tree.", kCd).errors.empty());
}
