#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedHost;
using wire::Rcode;
using wire::Type;

namespace {

void serve_hashed(SignedHost& home, std::uint16_t iterations) {
  home.serve_signed("test", "", {"192.0.2.10"});
  home.serve_signed("slow.test", test::kTreeText, {"192.0.2.11"},
                    {.denial = sim::DenialForm::Nsec3, .iterations = iterations, .salt = {1, 2, 3, 4}});
  home.serve("kid.slow.test", test::kTreeText, {"192.0.2.12"});
}

}  // namespace

TEST_CASE("denials with fifty-one iterations are insecure, and nobody computes them") {
  SignedHost home;
  serve_hashed(home, 51);
  CHECK(test::secure(home.ask_and_wait("www.slow.test")));
  const auto& none = home.ask_and_wait("none.slow.test");
  CHECK(none.got->answer.rcode == Rcode::NxDomain);
  CHECK_FALSE(none.got->answer.authentic);
  const auto& no_data = home.ask_and_wait("www.slow.test", Type::TXT);
  CHECK(no_data.noerror());
  CHECK_FALSE(no_data.got->answer.authentic);
  CHECK(test::insecure(home.ask_and_wait("x.wild.slow.test")));
  CHECK(test::insecure(home.ask_and_wait("www.kid.slow.test")));
  CHECK(home.resolver.statistics().nsec3_hashes == 0);
  CHECK(home.cache.ranges().statistics().records == 0);
  CHECK(home.quiet());
}

TEST_CASE("those with fifty are computed, and authentic") {
  SignedHost home;
  serve_hashed(home, 50);
  const auto& none = home.ask_and_wait("none.slow.test");
  CHECK(none.got->answer.rcode == Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
  CHECK(test::secure(home.ask_and_wait("x.wild.slow.test")));
  CHECK(test::insecure(home.ask_and_wait("www.kid.slow.test")));
  CHECK(home.resolver.statistics().nsec3_hashes > 0);
  CHECK(home.resolver.statistics().nsec3_hashes < 20);
  CHECK(home.quiet());
}
