#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedHost;

namespace {

constexpr std::string_view kText = "www 300 A 192.0.2.80\nbare 300 A 192.0.2.81\n";

// Nothing that slow.test. denies is proven, so e.slow.test. might be a zone that nobody signs; but its keys
// have signed the DS of z.e.slow.test.
void serve_below_slow(SignedHost& home, std::string_view server) {
  home.serve_signed("slow.test", "", {"192.0.2.11"}, {.denial = sim::DenialForm::Nsec3, .iterations = 51});
  const auto deep = home.serve_signed("z.e.slow.test", kText, {server});
  home.spoil(deep, "bare.z.e.slow.test", wire::Type::A, sim::unsigned_rrset());
}

}  // namespace

TEST_CASE("where a referral leads to a signed zone, nothing between it and the zone above may be unsigned") {
  SignedHost home;
  home.serve_signed("test", "", {"192.0.2.10"});
  serve_below_slow(home, "192.0.2.12");
  CHECK(test::fails_with(home.ask_and_wait("bare.z.e.slow.test"), wire::Ede::RrsigsMissing));
  CHECK(test::secure(home.ask_and_wait("www.z.e.slow.test")));
  CHECK(home.quiet());
}

TEST_CASE("nor where no referral leads to it, once its keys are known") {
  SignedHost home;
  home.serve_signed("test", "", {"192.0.2.10"});
  serve_below_slow(home, "192.0.2.11");
  CHECK(test::secure(home.ask_and_wait("www.z.e.slow.test")));
  CHECK(test::fails_with(home.ask_and_wait("bare.z.e.slow.test"), wire::Ede::RrsigsMissing));
  CHECK(home.quiet());
}
