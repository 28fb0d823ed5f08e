#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using dnssec::Algorithm;

namespace {

test::SignedSetup with_sha1(bool verified) {
  test::SignedSetup setup;
  setup.iterating.settings.trust.policy.sha1_signatures = verified;
  return setup;
}

}  // namespace

TEST_CASE("zones signed by way of SHA-1 are insecure, and nothing in them bogus") {
  const auto algorithm = GENERATE(Algorithm::RsaSha1, Algorithm::RsaSha1Nsec3);
  test::SignedHost home(with_sha1(false));
  const auto zone =
      home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"}, {.algorithm = algorithm});
  home.spoil(zone, "www.test", wire::Type::A, sim::bad_signature());
  CHECK(test::insecure(home.ask_and_wait("www.test")));
  const auto& none = home.ask_and_wait("none.test");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK_FALSE(none.got->answer.authentic);
}

TEST_CASE("they are verified where the administrator says so") {
  const auto algorithm = GENERATE(Algorithm::RsaSha1, Algorithm::RsaSha1Nsec3);
  test::SignedHost home(with_sha1(true));
  const auto zone =
      home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"}, {.algorithm = algorithm});
  CHECK(test::secure(home.ask_and_wait("www.test")));
  home.spoil(zone, "ns1.test", wire::Type::A, sim::bad_signature());
  CHECK(test::fails_with(home.ask_and_wait("ns1.test"), wire::Ede::DnssecBogus));
}
